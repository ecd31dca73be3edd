"""Models to be measured: a run's weights, or the embedder of a card."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from engine.errors import UsageError
from engine.faces.embed import Embedder, open_embedder
from engine.geometry import Image
from engine.models.card import Crop
from engine.models.catalog import Catalog
from engine.progress import Progress, Workflow
from engine.similarity import Calibration
from engine.words import sentence
from trainer.data.faces import FaceSource
from trainer.evaluation.pairs import Vectors

BLOCK = 256
"""Crops that are read before they are embedded."""


class Model(Protocol):
    """An embedder of crops under a name. `calibration` says what its similarities mean, None where unmeasured."""

    @property
    def name(self) -> str:
        """How a report calls it."""

    @property
    def calibration(self) -> Calibration | None:
        """Measured on people that are not in the test."""

    @property
    def flops(self) -> int | None:
        """Floating point operations for one crop, None where nobody counted them."""

    def embed(self, crops: Sequence[Image]) -> Vectors:
        """Return unit vectors (n, dimension) of crops (112, 112, 3) uint8 RGB."""


@dataclass(frozen=True, slots=True)
class CardModel:
    """The embedder of a model card, run by onnxruntime."""

    embedder: Embedder

    @property
    def name(self) -> str:
        """The card's name."""
        return self.embedder.card.name

    @property
    def calibration(self) -> Calibration | None:
        """The card's own."""
        return self.embedder.card.calibration

    @property
    def flops(self) -> int | None:
        """Not on a card."""
        return None

    def embed(self, crops: Sequence[Image]) -> Vectors:
        """Return unit vectors (n, dimension) of crops (112, 112, 3) uint8 RGB."""
        return self.embedder.embed(np.stack(crops))


def open_model(named: str, models: Path) -> Model:
    """Open the folder of a run, or the embedder whose card has this name among those in the folder `models`."""
    path = Path(named)
    if path.is_dir():
        from trainer.run_model import open_run

        return open_run(path)
    catalog = Catalog(models)
    card = catalog.card(named)
    if card.input.crop is not Crop.ARCFACE_112:
        message = sentence(
            "The model {model} is shown {crop} crops, and these faces are kept as arcface112.",
            model=named,
            crop=card.input.crop,
        )
        raise UsageError(message, sentence("Measure it on photos: kinfolk models calibrate NAME --data FOLDER"))
    return CardModel(open_embedder(card, models, threads=2))


def embed_faces(model: Model, source: FaceSource) -> Workflow[Vectors]:
    """Return unit vectors (n, dimension) of every face of a source, its crops read a block at a time."""
    count = len(source.faces)
    parts: list[Vectors] = []
    for start in range(0, count, BLOCK):
        yield Progress("embed", start, count, model.name)
        parts.append(model.embed([source.crop(face) for face in range(start, min(start + BLOCK, count))]))
    yield Progress("embed", count, count, model.name)
    vectors: Vectors = np.concatenate(parts)
    return vectors
