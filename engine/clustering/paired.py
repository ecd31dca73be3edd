"""Similarities of pairs of vectors, without a copy of as many vectors as there are pairs."""

import numpy as np
from numpy.typing import NDArray

from engine.clustering.neighbours import Vectors

_BLOCK = 8192


def paired_similarities(
    vectors: Vectors, rows: NDArray[np.intp], others: Vectors, other_rows: NDArray[np.intp]
) -> NDArray[np.float32]:
    """Return (m,) float32: the product of `vectors` at `rows` (m,) and `others` at `other_rows` (m,), pair by pair."""
    found = np.empty(len(rows), np.float32)
    for start in range(0, len(rows), _BLOCK):
        block = slice(start, start + _BLOCK)
        np.einsum("ij,ij->i", vectors[rows[block]], others[other_rows[block]], out=found[block])
    return found
