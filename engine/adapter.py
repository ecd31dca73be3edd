"""An adapter: a small map on stored embeddings, learnt from people whom the user has named."""

import base64
import binascii
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Self

import numpy as np
from numpy.typing import NDArray

from engine.strict_toml import Needs
from engine.words import sentence

Matrix = NDArray[np.float32]


def is_floats(text: str) -> bool:
    """Say whether a text is base64 of finite float32 numbers."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return False
    return len(data) % 4 == 0 and bool(np.isfinite(np.frombuffer(data, "<f4")).all())


Floats = Annotated[str, Needs(sentence("base64 of finite numbers, float32 little endian"), is_floats)]


@dataclass(frozen=True)
class Adapter:
    """The map v → normalise(w + w · into · backᵀ) with w = v − mean, of unit vectors v (d).

    `mean` holds d numbers, `into` and `back` (d, rank) each, row by row; none where the rank is 0. With a mean of 0 and
    `back` of 0 it changes nothing, which is where learning starts.
    """

    mean: Floats
    into: Floats = ""
    back: Floats = ""

    @classmethod
    def of(cls, mean: NDArray[np.floating], into: NDArray[np.floating], back: NDArray[np.floating]) -> Self:
        """Return the adapter with these matrices: (d), (d, rank), (d, rank)."""
        parts = (np.ascontiguousarray(part, "<f4").tobytes() for part in (mean, into, back))
        return cls(*(base64.b64encode(part).decode() for part in parts))

    @cached_property
    def matrices(self) -> tuple[Matrix, Matrix, Matrix]:
        """The mean (d), `into` and `back` (d, rank), float32."""
        mean, into, back = (
            np.frombuffer(base64.b64decode(text), "<f4").astype(np.float32, copy=False)
            for text in (self.mean, self.into, self.back)
        )
        return mean, into.reshape(len(mean), -1), back.reshape(len(mean), -1)

    def fits(self, dimension: int) -> bool:
        """Say whether this is a map of vectors of that length."""
        mean, into, back = (len(base64.b64decode(text)) // 4 for text in (self.mean, self.into, self.back))
        return mean == dimension and into == back and into % dimension == 0

    def then(self, other: "Adapter") -> "Adapter":
        """Return the map that does this and then another whose mean is 0."""
        (mean, into, back), (_, second_into, second_back) = self.matrices, other.matrices
        carried = second_into + into @ (back.T @ second_into)
        return Adapter.of(mean, np.hstack([into, carried]), np.hstack([back, second_back]))

    def placed(self, vectors: Matrix) -> Matrix:
        """Return unit vectors (n, d), mapped."""
        result = vectors.copy()
        self.place(result)
        return result

    def place(self, vectors: Matrix) -> None:
        """Map unit vectors (n, d) in place; they keep unit length."""
        mean, into, back = self.matrices
        vectors -= mean
        vectors += (vectors @ into) @ back.T
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
