"""From a network of torch to an ONNX graph, and the proof that both say the same."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from engine.errors import ModelError
from engine.faces.letterbox import to_tensor
from engine.models.session import open_graph
from engine.similarity import Calibration
from engine.words import sentence
from trainer.backbones import Backbone
from trainer.data.faces import CROP_SIDE
from trainer.embedding import embed_crops
from trainer.evaluation.pairs import Vectors
from trainer.preprocess import SPEC, fitted
from trainer.run_model import RunModel

OPSET = 18
"""The lowest that torch's exporter writes by itself; onnxruntime and OpenCV's dnn both read it."""
PARITY_CROPS = 32
PARITY_BATCHES = (1, 3, 7)
PARITY = 1e-6
"""Largest 1 − cosine between the network's embedding of a crop and the graph's."""


class CropNetwork(nn.Module):
    """The backbone with whatever brings a crop to its size: (n, 3, 112, 112) → (n, dim), not normalised."""

    def __init__(self, backbone: Backbone) -> None:
        super().__init__()
        self.backbone = backbone

    def forward(self, crops: Tensor) -> Tensor:
        """Return embeddings (n, dim) of crops (n, 3, 112, 112) as a card's preprocessing leaves them."""
        embeddings: Tensor = self.backbone(fitted(crops, self.backbone.input_size, self.backbone.channels))
        return embeddings


def write_graph(backbone: Backbone, path: Path) -> None:
    """Write the network, fed with crops, as ONNX with a free batch."""
    write_network(CropNetwork(backbone), CROP_SIDE, path)


def write_network(network: nn.Module, side: int, path: Path) -> None:
    """Write any network from (n, 3, side, side) to (n, dim) as ONNX with a free batch."""
    network = network.eval().cpu()
    example = torch.zeros(2, 3, side, side)
    with _quiet_exporter():
        program = torch.onnx.export(
            network,
            (example,),
            input_names=["crops"],
            output_names=["embeddings"],
            opset_version=OPSET,
            dynamic_shapes=({0: torch.export.Dim("batch")},),
            verbose=False,
        )
    if program is None:
        raise ModelError(sentence("torch wrote no graph."))
    program.save(str(path), external_data=False)


def largest_distance(expected: Vectors, found: Vectors) -> float:
    """Return the largest 1 − cosine between rows, in float64."""
    left, right = expected.astype(np.float64), found.astype(np.float64)
    cosines = (left * right).sum(axis=1) / (np.linalg.norm(left, axis=1) * np.linalg.norm(right, axis=1))
    return float((1 - cosines).max())


def check_graph(backbone: Backbone, graph: Path) -> None:
    """Compare a graph with the network that it was made of, on drawn crops in batches of 1, 3 and 7.

    Raises ModelError where 1 − cosine of an embedding is above `PARITY`.
    """
    drawn = np.random.default_rng(0).integers(0, 256, (PARITY_CROPS, CROP_SIDE, CROP_SIDE, 3), dtype=np.uint8)
    expected = embed_crops(backbone, list(drawn))
    session = open_graph(graph)
    for batch in PARITY_BATCHES:
        tensors = [to_tensor(drawn[start : start + batch], SPEC) for start in range(0, PARITY_CROPS, batch)]
        worst = largest_distance(expected, np.concatenate([session.run(tensor)[0] for tensor in tensors]))
        # Written so that a value that is not a number fails too.
        if not worst <= PARITY:
            raise ModelError(
                sentence(
                    "The graph differs from the run's network: 1 − cosine is {worst:.2e}, above {parity:.0e}.",
                    worst=worst,
                    parity=PARITY,
                ),
                sentence("Nothing was written."),
            )


def origin_of(model: RunModel) -> str:
    """Say of a run's network where it comes from."""
    config = model.config
    if model.begun_with is not None:
        return f"trained further here with Kinfolk: {model.begun_with.name}, {config.loss.name}, {model.steps} steps"
    return f"trained here with Kinfolk: {config.model.backbone}, {config.loss.name}, {model.steps} steps"


def sound_calibration(model: RunModel) -> Calibration | None:
    """Return what the run's similarities mean, None where that was not measured or makes no sense."""
    found = model.calibration
    return None if found is None or found.complaint() else found


def complaint_of(model: RunModel) -> str:
    """Say why nothing is known of what the run's similarities mean; empty where it is known."""
    if model.calibration is None:
        return "What its similarities mean was not measured in the run: too few people were held out whole."
    if complaint := model.calibration.complaint():
        return f"What the run measured of its similarities makes no sense, and is left out: {complaint}."
    return ""


@contextmanager
def _quiet_exporter() -> Iterator[None]:
    """Keep torch's exporter from warning about itself and about torchvision, which is not used here."""
    logger = logging.getLogger("torch.onnx")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)
            warnings.simplefilter("ignore", DeprecationWarning)
            yield
    finally:
        logger.setLevel(level)
