"""The clustering that Kinfolk uses unless told otherwise: one rule for a library of 2 people and for one of 20,000.

Average linkage whose cut follows the library: two clusters join while the number of other clusters times the chance that
two different people are that similar (from the model's calibration) stays below `EXPECTED_STRANGERS`. Few people mean
few chances of a false match, so the cut falls as clusters join. What else was tried, with figures, is in
benchmarks/RESULTS.md.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.clustering.agglomerate import Clusters, average_linkage
from engine.clustering.constraints import Constraints, Contradiction
from engine.clustering.neighbours import Vectors
from engine.similarity import Calibration

EXPECTED_STRANGERS = 0.2
"""How many of the other clusters may be expected, by chance alone, to be as similar to a cluster as the cut."""

LOWEST_SHARE = 0.03
"""However few people there are, the cut stays where at most this share of pairs of different people reaches it."""


@dataclass(frozen=True, slots=True)
class Clustering:
    """The result of one run over n faces.

    `labels` (n,) int64 numbers the clusters from 0, larger first, −1 for a face that is alone. `cut` is the average
    similarity at which the run stopped joining.
    """

    labels: NDArray[np.int64]
    cut: float
    contradictions: tuple[Contradiction, ...] = ()


def cluster(
    vectors: Vectors,
    *,
    calibration: Calibration,
    constraints: Constraints | None = None,
    quality: NDArray[np.float32] | None = None,
    seeds: NDArray[np.bool_] | None = None,
) -> Clustering:
    """Group unit embeddings (n, d) float32 of one model into people.

    `quality` (n,) float32 from 0 to 1 weighs each face in the mean of its cluster. Where `seeds` (n,) is false, a face
    starts no cluster: it only joins one that others have made. Raises ValueError where a length does not fit.
    """
    count = len(vectors)
    said = (constraints or Constraints.none(count)).checked(count)
    weights = np.ones(count, np.float32) if quality is None else np.maximum(quality, 0.05).astype(np.float32)
    if count == 0:
        return Clustering(np.empty(0, np.int64), 1.0)
    clusters = Clusters(np.ascontiguousarray(vectors, np.float32), weights, said)
    average_linkage(clusters, vectors, lambda left: stop_similarity(calibration, left))
    labels = by_size(clusters.labels, said.groups)
    return Clustering(labels, stop_similarity(calibration, clusters.count), said.contradictions())


def stop_similarity(calibration: Calibration, clusters: int) -> float:
    """Return the lowest average similarity at which two of this many clusters may still join."""
    share = min(EXPECTED_STRANGERS / max(clusters - 1, 1), LOWEST_SHARE)
    return calibration.similarity_at(share)


def by_size(labels: NDArray[np.int64], groups: NDArray[np.int64]) -> NDArray[np.int64]:
    """Number clusters from 0, larger first; a face alone becomes −1 unless the user named it (its group is ≥ 0)."""
    found, first, place, sizes = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    kept = (found >= 0) & ((sizes > 1) | (groups[first] >= 0))
    order = np.lexsort((first, -sizes, ~kept))
    numbers = np.full(len(found), -1, np.int64)
    numbers[order[: int(kept.sum())]] = np.arange(int(kept.sum()))
    return numbers[place]
