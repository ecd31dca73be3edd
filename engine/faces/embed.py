"""Embeddings: a unit vector for every aligned crop."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import ModelError
from engine.faces.letterbox import to_tensor
from engine.geometry import Image
from engine.models.card import InputSpec, ModelCard, ModelKind
from engine.models.prepare import prepare
from engine.models.session import Session, Shapes, open_session

BATCH, ACCELERATED_BATCH = 2, 32
"""Crops that go through the network at once on the processor and elsewhere.

SFace on one thread takes 7.9 ms a crop one by one, 7.7 in twos, 8.3 in fours, 8.7 in eights and 9.1 in sixteens: larger
batches leave the processor's caches.
"""

Embeddings = NDArray[np.float32]


class Embedder:
    """An embedding network with its preprocessing. Several threads may call it at once."""

    def __init__(self, card: ModelCard, session: Session) -> None:
        self.card = card
        self._session = session

    def reading(self, spec: InputSpec) -> "Embedder":
        """Return the same network fed in another way, without opening it once more."""
        return Embedder(replace(self.card, input=spec), self._session)

    @property
    def dimension(self) -> int:
        """The length of an embedding."""
        return self.card.dimension

    def embed(self, crops: Image) -> Embeddings:
        """Return one unit vector per crop: n × height × width × 3 uint8 RGB in, n × dimension float32 out, n may be 0.

        Raises ValueError for crops of another size than the card's and ModelError where the network gives anything
        but one finite vector that is not zero for every crop.
        """
        spec = self.card.input
        if crops.ndim != 4 or crops.shape[1:] != (spec.height, spec.width, 3) or crops.dtype != np.uint8:
            raise ValueError(
                f"crops must be n × {spec.height} × {spec.width} × 3 uint8, not {crops.shape} {crops.dtype}"
            )
        parts = [self._run(part) for part in self._batches(crops)]
        return np.concatenate(parts) if parts else np.empty((0, self.dimension), np.float32)

    def _batches(self, crops: Image) -> list[Image]:
        step = BATCH if self._session.providers[0] == "cpu" else ACCELERATED_BATCH
        return [crops[start : start + step] for start in range(0, len(crops), step)]

    def _run(self, crops: Image) -> Embeddings:
        vectors = self._raw(crops)
        if self.card.input.flip:
            vectors = vectors + self._raw(crops[:, :, ::-1])
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        if not np.isfinite(norms).all() or not norms.all():
            raise ModelError(f"The model {self.card.name} gave a vector that is zero or not finite.")
        return np.asarray(vectors / norms, dtype=np.float32)

    def _raw(self, crops: Image) -> Embeddings:
        """Return what the network gives for the crops, not of unit length."""
        vectors = self._session.run(to_tensor(crops, self.card.input))[0]
        if vectors.shape != (len(crops), self.dimension):
            raise ModelError(
                f"The model {self.card.name} gave {vectors.shape} instead of {(len(crops), self.dimension)}.",
                "Its card does not fit its file.",
            )
        return vectors


def open_embedder(card: ModelCard, folder: Path, *, providers: Sequence[str] = (), threads: int = 1) -> Embedder:
    """Open the embedder of a card whose file was fetched into `folder`."""
    if card.kind is not ModelKind.EMBEDDER:
        raise ModelError(f"The model {card.name} is a {card.kind} and embeds nothing.", "Choose an embedder.")
    session = open_session(prepare(card, folder), providers=providers, threads=threads, shapes=Shapes.FEW)
    return Embedder(card, session)
