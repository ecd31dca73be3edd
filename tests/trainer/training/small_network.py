"""A network that reads crops of the usual size in a moment, as a graph and as a model with its card."""

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from torch import nn

from engine.models.card import InputSpec, ModelCard, write_card
from engine.models.catalog import Catalog

SIDE, DIMENSION = 112, 16


class Small(nn.Sequential):
    """(n, 3, 112, 112) → (n, 16), untrained, the same whenever it is made."""

    def __init__(self) -> None:
        torch.manual_seed(0)
        super().__init__(
            nn.Conv2d(3, 6, 7, 8, 3),
            nn.BatchNorm2d(6),
            nn.PReLU(6),
            nn.Conv2d(6, 8, 3, 4, 1),
            nn.ReLU(),
            nn.Flatten(),
            nn.Linear(8 * 16, DIMENSION),
        )


def crops(count: int, seed: int) -> np.ndarray:
    """Return noise of the size of crops, (count, 112, 112, 3) uint8."""
    return np.random.default_rng(seed).integers(0, 256, (count, SIDE, SIDE, 3), dtype=np.uint8)


def put(models: Path, graph: Path, name: str, spec: InputSpec, dimension: int = DIMENSION) -> ModelCard:
    """Put a graph among the models, with its card, and return that."""
    models.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(graph, models / f"{name}.onnx")
    data, like = graph.read_bytes(), Catalog(models).default_embedder()
    made = {"name": name, "file": f"{name}.onnx", "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
    card = replace(like, **made, sources=(), input=spec, dimension=dimension, space=None)
    write_card(card, models / f"{name}.toml")
    return card
