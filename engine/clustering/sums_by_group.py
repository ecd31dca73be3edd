"""Vectors added up by group, without a second copy of all of them."""

import numpy as np
from numpy.typing import NDArray

from engine.clustering.neighbours import Vectors

_BLOCK = 512
"""Vectors of 128 numbers that fit a core's own cache: 100,000 take two thirds of the time that blocks of 8,192 take."""


def sums_by(
    vectors: Vectors,
    rows: NDArray[np.intp],
    groups: NDArray[np.int64],
    count: int,
    weights: NDArray[np.float32] | None = None,
) -> Vectors:
    """Return (count, d) float32: for each group the sum of the vectors at `rows` (m,), times `weights` (m,) if any.

    `groups` (m,) holds the group of each row, from 0 to `count` - 1.
    """
    sums = np.zeros((count, vectors.shape[1]), np.float32)
    order = np.argsort(groups, kind="stable")
    rows, groups = rows[order], groups[order]
    weights = None if weights is None else weights[order, None]
    # Equal groups stand side by side; to add them up one by one takes four times as long.
    begins = np.diff(groups, prepend=-1) != 0
    begins[::_BLOCK] = True
    for start in range(0, len(rows), _BLOCK):
        block = slice(start, start + _BLOCK)
        weighed = vectors[rows[block]]
        if weights is not None:
            weighed *= weights[block]
        first = np.flatnonzero(begins[block])
        sums[groups[block][first]] += np.add.reduceat(weighed, first, axis=0)
    return sums
