"""Vectors added up by group, without a second copy of all of them."""

import numpy as np
from numpy.typing import NDArray

from engine.clustering.neighbours import Vectors

_BLOCK = 8192


def sums_by(
    vectors: Vectors, rows: NDArray[np.intp], groups: NDArray[np.int64], count: int, weights: NDArray[np.float32]
) -> Vectors:
    """Return (count, d) float32: for each group the sum of the vectors at `rows` (m,) times their weights (m,).

    `groups` (m,) holds the group of each row, from 0 to `count` - 1.
    """
    sums = np.zeros((count, vectors.shape[1]), np.float32)
    order = np.argsort(groups, kind="stable")
    for start in range(0, len(rows), _BLOCK):
        block = order[start : start + _BLOCK]
        found, first = np.unique(groups[block], return_index=True)
        # Equal groups stand side by side; to add them up one by one takes four times as long.
        sums[found] += np.add.reduceat(vectors[rows[block]] * weights[block, None], first, axis=0)
    return sums
