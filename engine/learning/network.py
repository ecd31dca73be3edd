"""What it takes to train a network further, and who does it: a package that offers `kinfolk.learners`, with torch."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import ModelError
from engine.extras import installing
from engine.geometry import Image
from engine.models.card import InputSpec
from engine.progress import Progress
from engine.words import sentence

GROUP, NETWORK = "kinfolk.learners", "network"

EXTRA = "train"
"""The extra that brings what trains networks."""


@dataclass(frozen=True, slots=True)
class NetworkTask:
    """Train the embedder of an ONNX graph further and write it as `target`.

    `crops` (n, side, side, 3) uint8 RGB are of `people` (n,); `others` (u, side, side, 3) are faces that nobody named;
    `unseen` are other days of the same people, `unseen_people` (m,), for the curve alone: nothing is chosen by them.
    `freeze` is the share of the layers with weights, from the pixels on, that stay as they are.
    """

    graph: Path
    target: Path
    input: InputSpec
    crops: Image
    people: NDArray[np.int64]
    others: Image
    unseen: Image
    unseen_people: NDArray[np.int64]
    freeze: float = 0.5
    epochs: int = 6
    seed: int = 0


Learn = Callable[[NetworkTask], Generator[Progress, None, None]]
"""Yields `learning.points.Point`s; raises ModelError where the graph cannot be trained further."""


def can_train_networks() -> bool:
    """Say whether what trains networks is here, without importing it, which takes seconds."""
    return any(point.name == NETWORK for point in entry_points(group=GROUP)) and find_spec("torch") is not None


def network_learner() -> Learn:
    """Return what trains networks; a ModelError says which command installs it where it is not there."""
    found = [point for point in entry_points(group=GROUP) if point.name == NETWORK]
    try:
        if not found:
            raise ImportError("no package offers it")
        learn: Learn = found[0].load()
    except ImportError as error:
        raise ModelError(
            sentence("Training a network further needs PyTorch, which is not installed."),
            installing(EXTRA),
        ) from error
    return learn
