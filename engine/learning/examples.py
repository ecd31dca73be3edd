"""Faces that a new way to place them fixes or breaks: whose nearest other face is of the same person."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.learning.gate import Judged
from engine.learning.judging import Placed


@dataclass(frozen=True, slots=True)
class Examples:
    """Rows of an album: nearest to somebody else before and to the same person after, and the other way round."""

    fixed: NDArray[np.intp]
    broken: NDArray[np.intp]


def examples(folds: Iterable[Judged]) -> Examples:
    """Return the faces, each once, that were fixed and that were broken among those not learnt from."""
    fixed: list[NDArray[np.intp]] = [np.empty(0, np.intp)]
    broken = list(fixed)
    for placed in (part for fold in folds for part in (fold.unseen, fold.strangers)):
        before, after = _right(placed, placed.before), _right(placed, placed.after)
        fixed.append(placed.rows[after & ~before])
        broken.append(placed.rows[before & ~after])
    return Examples(np.unique(np.concatenate(fixed)), np.unique(np.concatenate(broken)))


def _right(placed: Placed, vectors: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Say of each face whether the most similar other one is of the same person, (n,)."""
    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, -np.inf)
    right: NDArray[np.bool_] = placed.people[cosines.argmax(axis=1)] == placed.people
    return right
