"""How good a grouping looks where nobody knows the truth."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.clustering.kmeans import silhouette
from engine.clustering.neighbours import Vectors

JUDGED = 2_000
"""Faces of which a silhouette is taken."""


@dataclass(frozen=True, slots=True)
class GroupingQuality:
    """`groups` of two faces and more, faces that are `alone`, `conflicts` and the `silhouette`.

    A conflict is a face that shares its group with another one of the same photo: hardly anybody is twice in a photo.
    The silhouette, −1 to 1, says how much closer faces are to their own group than to the nearest other one.
    """

    groups: int
    alone: int
    conflicts: int
    silhouette: float


def judge_grouping(
    vectors: Vectors, labels: NDArray[np.int64], photos: NDArray[np.int64], seed: int = 0
) -> GroupingQuality:
    """Judge labels (n,), negative for a face alone, of unit vectors (n, d) in photos (n,); the silhouette on a sample.

    It is the mean over at most 2,000 faces in groups, each compared with all faces of all groups.
    """
    grouped = np.flatnonzero(labels >= 0)
    _, place, sizes = np.unique(labels[grouped], return_inverse=True, return_counts=True)
    grouped = grouped[sizes[place] > 1]
    pairs, counts = np.unique(np.stack([labels[grouped], photos[grouped]]), axis=1, return_counts=True)
    rng = np.random.default_rng(seed)
    rows = np.sort(rng.choice(len(grouped), min(len(grouped), JUDGED), replace=False))
    return GroupingQuality(
        groups=len(np.unique(labels[grouped])),
        alone=len(labels) - len(grouped),
        conflicts=int((counts - 1).sum()) if pairs.size else 0,
        silhouette=silhouette(vectors[grouped], labels[grouped], rows) if len(grouped) else 0.0,
    )
