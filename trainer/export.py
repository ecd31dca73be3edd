"""From a run to a model that Kinfolk can use: an ONNX graph, its card, and the proof that both say what it says."""

import hashlib
import logging
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor, nn

from engine.errors import ModelError, UsageError
from engine.faces.embed import open_embedder
from engine.faces.letterbox import to_tensor
from engine.geometry import Image
from engine.models.card import Decoder, ModelCard, ModelKind, load_card, write_card
from engine.models.session import open_session
from engine.similarity import Calibration
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
"""Largest 1 − cosine between the run's embedding of a crop and the exported model's."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, the largest 1 − cosine that the check found, and whether this OpenCV reads the graph too."""

    card: ModelCard
    path: Path
    worst: float
    opencv: bool


class CropNetwork(nn.Module):
    """The backbone with whatever brings a crop to its size: (n, 3, 112, 112) → (n, dim), not normalised."""

    def __init__(self, backbone: Backbone) -> None:
        super().__init__()
        self.backbone = backbone

    def forward(self, crops: Tensor) -> Tensor:
        """Return embeddings (n, dim) of crops (n, 3, 112, 112) as a card's preprocessing leaves them."""
        embeddings: Tensor = self.backbone(fitted(crops, self.backbone.input_size, self.backbone.channels))
        return embeddings


def export_run(model: RunModel, name: str, licence: str, crops: Sequence[Image], models: Path) -> Exported:
    """Write NAME.onnx and NAME.toml into the folder `models`, after checking them on at least 32 crops.

    Nothing is written where an embedding through the card differs from the run's. Raises UsageError for a name that is
    taken, ModelError where the check fails.
    """
    path, card_path = models / f"{name}.onnx", models / f"{name}.toml"
    if path.exists() or card_path.exists():
        raise UsageError(f"There is a model '{name}' in {models} already.", "Choose another --name.")
    if len(crops) < PARITY_CROPS:
        raise UsageError(
            f"The check needs {PARITY_CROPS} crops; here are {len(crops)}.", "Name more faces with --data."
        )
    models.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=models, prefix=".export-") as held:
        draft = Path(held) / path.name
        write_graph(model.backbone, draft)
        card = _card(model, name, licence, draft)
        write_card(card, draft.with_suffix(".toml"))
        worst = check_parity(model.backbone, load_card(draft.with_suffix(".toml")), draft.parent, crops[:PARITY_CROPS])
        readable = opencv_agrees(model.backbone, draft, crops[:PARITY_CROPS])
        draft.replace(path)
        # The card comes last: a graph without one is not in the catalog.
        draft.with_suffix(".toml").replace(card_path)
    return Exported(card, path, worst, readable)


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
        raise ModelError("torch wrote no graph.")
    program.save(str(path), external_data=False)


def check_parity(backbone: Backbone, card: ModelCard, folder: Path, crops: Sequence[Image]) -> float:
    """Compare the run's embeddings with those through card and graph; return the largest 1 − cosine.

    The run's come from the trainer's own way to read a crop, the others from the card alone, in batches of 1, 3 and 7
    and through the engine's embedder. Raises ModelError where one is above `PARITY`.
    """
    expected = embed_crops(backbone, crops)
    stacked = np.stack(crops)
    session = open_session(folder / card.file)
    worst = _distance(expected, open_embedder(card, folder).embed(stacked))
    for batch in PARITY_BATCHES:
        tensors = [to_tensor(stacked[start : start + batch], card.input) for start in range(0, len(crops), batch)]
        worst = max(worst, _distance(expected, np.concatenate([session.run(tensor)[0] for tensor in tensors])))
    # Written so that a value that is not a number fails too.
    if not worst <= PARITY:
        raise ModelError(
            f"The exported model differs from the run: 1 − cosine is {worst:.2e}, above {PARITY:.0e}.",
            "Nothing was written.",
        )
    return worst


def opencv_agrees(backbone: Backbone, graph: Path, crops: Sequence[Image]) -> bool:
    """Say whether this OpenCV's dnn reads the graph and gives the same embeddings; Kinfolk itself does not need it."""
    expected = embed_crops(backbone, crops)
    found = []
    try:
        for batch in PARITY_BATCHES:
            network = cv2.dnn.readNetFromONNX(str(graph))
            network.setInput(to_tensor(np.stack(crops[:batch]), SPEC))
            found.append(_distance(expected[:batch], network.forward()))
    except cv2.error:
        return False
    return max(found) <= PARITY


def _distance(expected: Vectors, found: Vectors) -> float:
    """Return the largest 1 − cosine between rows, in float64."""
    left, right = expected.astype(np.float64), found.astype(np.float64)
    cosines = (left * right).sum(axis=1) / (np.linalg.norm(left, axis=1) * np.linalg.norm(right, axis=1))
    return float((1 - cosines).max())


def check_graph(backbone: Backbone, graph: Path) -> None:
    """Compare a graph with the network that it was made of, on drawn crops; raises ModelError above `PARITY`."""
    drawn = np.random.default_rng(0).integers(0, 256, (PARITY_CROPS, CROP_SIDE, CROP_SIDE, 3), dtype=np.uint8)
    found = open_session(graph, providers=["cpu"]).run(to_tensor(drawn, SPEC))[0]
    worst = _distance(embed_crops(backbone, list(drawn)), found)
    if not worst <= PARITY:
        raise ModelError(f"The graph differs from the run: 1 − cosine is {worst:.2e}, above {PARITY:.0e}.")


def origin_of(model: RunModel) -> str:
    """Say of a run's network where it comes from."""
    config = model.config
    return f"trained here with Kinfolk: {config.model.backbone}, {config.loss.name}, {model.steps} steps"


def sound_calibration(model: RunModel) -> Calibration | None:
    """Return what the run's similarities mean, None where that was not measured or makes no sense."""
    found = model.calibration
    return None if found is None or found.complaint() else found


def _card(model: RunModel, name: str, licence: str, graph: Path) -> ModelCard:
    data = graph.read_bytes()
    return ModelCard(
        name=name,
        kind=ModelKind.EMBEDDER,
        decoder=Decoder.UNIT,
        file=graph.name,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        licence=licence,
        origin=origin_of(model),
        input=replace(SPEC),
        dimension=model.config.model.dimension,
        calibration=sound_calibration(model),
    )


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
