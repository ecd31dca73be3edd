"""Embeddings: a unit vector for every aligned crop."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import ModelError
from engine.faces.letterbox import to_tensor
from engine.geometry import Image
from engine.models.card import InputSpec, ModelCard, ModelKind
from engine.models.prepare import prepare
from engine.models.runtimes.drawn import drawn_faces
from engine.models.session import BY_ONNXRUNTIME, Running, Session, Shapes, Trial, open_session
from engine.words import sentence

SAMPLES = 16
"""Drawn faces by which runtimes are compared."""

Embeddings = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ReadCrops:
    """What n crops gave: `vectors` (n, d) float32, and of embeddings how long each was before it had unit length.

    `lengths` (n,) float32 is NaN where that is not known. What is no face has a short one.
    """

    vectors: Embeddings
    lengths: NDArray[np.float32]

    @staticmethod
    def of(vectors: Embeddings) -> "ReadCrops":
        """Return vectors whose lengths are not known."""
        return ReadCrops(vectors, np.full(len(vectors), np.nan, np.float32))

    def part(self, rows: slice) -> "ReadCrops":
        """Return these rows."""
        return ReadCrops(self.vectors[rows], self.lengths[rows])

    def rows(self) -> Iterator[tuple[Embeddings, float | None]]:
        """Yield the vector (d,) of each crop and its length, None where that is not known."""
        for vector, length in zip(self.vectors, self.lengths.tolist(), strict=True):
            yield vector, None if np.isnan(length) else length


class Embedder:
    """An embedding network with its preprocessing. Several threads may call it at once."""

    def __init__(self, card: ModelCard, session: Session) -> None:
        self.card = card
        self._session = session

    def reading(self, spec: InputSpec) -> "Embedder":
        """Return the same network fed in another way, without opening it once more."""
        return Embedder(replace(self.card, input=spec), self._session)

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences about what did not go as wanted while it was opened or ran."""
        return self._session.notices

    @property
    def dimension(self) -> int:
        """The length of an embedding."""
        return self.card.dimension

    def embed(self, crops: Image) -> Embeddings:
        """Return one unit vector per crop: n × height × width × 3 uint8 RGB in, n × dimension float32 out, n may be 0.

        Raises what `read` raises.
        """
        return self.read(crops).vectors

    def read(self, crops: Image) -> ReadCrops:
        """Return the same with the length that each vector had.

        Raises ValueError for crops of another size than the card's and ModelError where the network gives anything
        but one finite vector that is not zero for every crop.
        """
        spec = self.card.input
        if crops.ndim != 4 or crops.shape[1:] != (spec.height, spec.width, 3) or crops.dtype != np.uint8:
            raise ValueError(
                f"crops must be n × {spec.height} × {spec.width} × 3 uint8, not {crops.shape} {crops.dtype}"
            )
        parts = [self._raw(part) for part in self._batches(crops)]
        return self._at_unit_length(np.concatenate([np.empty((0, self.dimension), np.float32), *parts]))

    def _batches(self, crops: Image) -> list[Image]:
        step = self._session.batch
        return [crops[start : start + step] for start in range(0, len(crops), step)]

    def _at_unit_length(self, vectors: Embeddings) -> ReadCrops:
        norms = np.linalg.norm(vectors, axis=1)
        if not np.isfinite(norms).all() or not norms.all():
            raise ModelError(
                sentence("The model {model} gave a vector that is zero or not finite.", model=self.card.name)
            )
        return ReadCrops(np.asarray(vectors / norms[:, None], np.float32), np.asarray(norms, np.float32))

    def _raw(self, crops: Image) -> Embeddings:
        """Return what the network gives for the crops, and for their mirror images if it is to see both, summed."""
        vectors = self._given(crops)
        return vectors + self._given(crops[:, :, ::-1]) if self.card.input.flip else vectors

    def _given(self, crops: Image) -> Embeddings:
        vectors = self._session.run(to_tensor(crops, self.card.input))[0]
        if vectors.shape != (len(crops), self.dimension):
            raise ModelError(
                sentence(
                    "The model {model} gave {given} instead of {wanted}.",
                    model=self.card.name,
                    given=str(vectors.shape),
                    wanted=str((len(crops), self.dimension)),
                ),
                sentence("Its card does not fit its file."),
            )
        return vectors


def open_embedder(card: ModelCard, folder: Path, *, running: Running = BY_ONNXRUNTIME, threads: int = 1) -> Embedder:
    """Open the embedder of a card whose file was fetched into `folder`; `running` says what runs it."""
    if card.kind is not ModelKind.EMBEDDER:
        raise ModelError(
            sentence("The model {model} is a {kind} and embeds nothing.", model=card.name, kind=str(card.kind)),
            sentence("Choose an embedder."),
        )
    return Embedder(card, open_session(prepare(card, folder), running, embedder_trial(card), threads=threads))


def embedder_trial(card: ModelCard) -> Trial:
    """Return what runtimes are tried with for this embedder: drawn faces, read as the card says."""
    side = card.input.crop.side
    return Trial(lambda: to_tensor(drawn_faces(SAMPLES, side), card.input), Shapes.FEW, rounded=bool(card.quantised))
