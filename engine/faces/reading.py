"""What reads crops of faces: an embedder, or a model that tells ages. Either gives a row of numbers a crop."""

from pathlib import Path
from typing import Protocol

from engine.faces.age import open_age_reader
from engine.faces.embed import ReadCrops, open_embedder
from engine.geometry import Image
from engine.models.card import ModelCard, ModelKind
from engine.models.session import BY_ONNXRUNTIME, Running


class Reader(Protocol):
    """A network with its preprocessing. Several threads may call it at once."""

    card: ModelCard

    @property
    def dimension(self) -> int:
        """How many numbers it gives for a crop."""

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences about what did not go as wanted while it was opened or ran."""

    def read(self, crops: Image) -> ReadCrops:
        """Return one row for each crop: n × side × side × 3 uint8 RGB in, n × dimension float32 out."""


def open_reader(card: ModelCard, folder: Path, *, running: Running = BY_ONNXRUNTIME, threads: int = 1) -> Reader:
    """Open the embedder or the attributes model of a card whose file was fetched into `folder`."""
    opened = open_age_reader if card.kind is ModelKind.ATTRIBUTES else open_embedder
    return opened(card, folder, running=running, threads=threads)
