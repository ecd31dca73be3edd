"""What stands for people when they are compared: the mean of their faces, how many these are and how good the best."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.clustering.sums_by_group import sums_by
from engine.library.vectors import FaceVectors


@dataclass(frozen=True, slots=True)
class Means:
    """People (p,), rising, and of each the direction of the mean (p, d), the number of faces and the best quality (p,).

    `place` (m,) is the row of each face's person among them.
    """

    people: NDArray[np.int64]
    place: NDArray[np.intp]
    vectors: NDArray[np.float32]
    sizes: NDArray[np.int64]
    quality: NDArray[np.float32]


def means_of(
    faces: FaceVectors,
    rows: NDArray[np.intp],
    people: NDArray[np.int64],
    weights: NDArray[np.float32] | None = None,
) -> Means:
    """Return the people of whom the faces at these rows (m,) are: `people` (m,), as the faces' own say or others.

    `weights` (m,) say what each face counts in a mean: all the same without them.
    """
    known, place = np.unique(people, return_inverse=True)
    best = np.zeros(len(known), np.float32)
    np.maximum.at(best, place, faces.quality[rows])
    vectors = unit(sums_by(faces.vectors, rows, place, len(known), weights))
    return Means(known, place, vectors, np.bincount(place, minlength=len(known)), best)


def unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the vectors (n, d) at unit length; one of zeros stays."""
    lengths = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return np.asarray(vectors / lengths, np.float32)
