"""Whether the faces of one person look like two people's: they fall into two parts that hardly resemble each other.

Two who are put together are as a rule somebody and a double, or relatives, who were named as one group. The parts of
an adult are more alike than the default clustering asks of two groups, theirs are not; those of somebody as a child and
as an adult often are not either, so of them more is asked (benchmarks/RESULTS.md, "One who is two").
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.clustering.groups import SEVERAL, SURE
from engine.clustering.kmeans import KMeansOptions, kmeans_labels
from engine.clustering.neighbours import Vectors
from engine.similarity import Calibration

UNLIKELY = 0.1
"""Where two faces as alike as the parts are on average are one person with less probability than this, it is doubtful.

Parts of one person are alike beyond that even over many years, since an average over many pairs hardly scatters."""

AS_OLD = 0.05
"""Parts of which one is more childlike than the other by more than this (`Space.place`) are of different ages; among
pairs of adults one in twenty differs by more than .022."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The smaller of two parts, (n,) bool of the faces, and how alike the means of the two are (cosine)."""

    smaller: NDArray[np.bool_]
    similarity: float


def two_in_one(vectors: Vectors, childlike: NDArray[np.float32] | None, calibration: Calibration) -> Parts | None:
    """Return the two parts of one person's clear faces (n, d) if they look like two people's, None where they do not.

    `childlike` (n,) as for `PlacedFaces`, None where nothing is known of it: then years may lie between any parts. A
    part of one or two odd faces is no doubt; they are better refused one by one.
    """
    labels = kmeans_labels(vectors, KMeansOptions(2, starts=2))
    smaller = labels == int(2 * labels.sum() <= len(labels))
    if smaller.sum() < SEVERAL:
        return None
    one, other = vectors[smaller].mean(axis=0), vectors[~smaller].mean(axis=0)
    average = float(one @ other)
    alike = average / max(float(np.linalg.norm(one) * np.linalg.norm(other)), 1e-9)
    strangers = average < calibration.similarity_of(UNLIKELY)
    as_two = alike < calibration.similarity_of(SURE) and _as_old(childlike, smaller)
    return Parts(smaller, alike) if strangers or as_two else None


def _as_old(childlike: NDArray[np.float32] | None, part: NDArray[np.bool_]) -> bool:
    """Say whether the part and the rest are known to look equally childlike."""
    if childlike is None:
        return False
    return abs(float(childlike[part].mean() - childlike[~part].mean())) <= AS_OLD
