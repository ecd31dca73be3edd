"""The clustering that Kinfolk uses unless told otherwise: one rule for a library of 2 people and for one of 20,000.

1. Average linkage whose cut follows the library: two clusters join while the number of other clusters times the chance
   that two different people are that similar (from the model's calibration) stays below `EXPECTED_STRANGERS`. Few
   people mean few chances of a false match, so the cut falls as clusters join.
2. Two clusters of several faces each must also share some faces that are surely the same person (`links.py`).
3. Strays join a settled cluster by its nearest quarter, by the same reckoning (`absorb.py`).

What else was tried, with figures, is in benchmarks/RESULTS.md.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.clustering.absorb import absorb, settled
from engine.clustering.agglomerate import average_linkage
from engine.clustering.clusters import Clusters
from engine.clustering.constraints import Constraints, Contradiction
from engine.clustering.links import StrongLinks
from engine.clustering.neighbours import Vectors
from engine.similarity import Calibration

EXPECTED_STRANGERS = 0.15
"""How many of the other clusters may be expected, by chance alone, to be as similar to a cluster as the cut."""

LOWEST_SHARE = 0.03
"""However few people there are, the cut stays where at most this share of pairs of different people reaches it."""

EXPECTED_STRAYS, STRAYS_POWER, LOWEST_STRAY_SHARE = 0.1, 1.3, 0.04
"""The same for a stray and the settled clusters, whose number counts to this power: where more people are settled, more
strays are of somebody else, too."""

SURE = 0.99
"""How sure the strongest links between two clusters must be, as a probability that they are of one person."""

MARGIN = 0.08
"""By how much a stray must be more similar to one settled cluster than to the next, as a cosine."""

_LEAST_WEIGHT = 0.05


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
    starts no cluster unless the user named it: it only joins one that others have made. Raises ValueError where a
    length does not fit.
    """
    count = len(vectors)
    said = (constraints or Constraints.none(count)).checked(count)
    weights = _weights(quality, count)
    if count == 0:
        return Clustering(np.empty(0, np.int64), 1.0, said.contradictions())
    vectors = np.ascontiguousarray(vectors, np.float32)
    nodes, cut = _grow(vectors, weights, said, _starting(seeds, said), calibration)
    clusters = Clusters(vectors, weights, nodes, said)
    absorb(clusters, vectors, stray_similarity(calibration, len(settled(clusters))), MARGIN)
    return Clustering(by_size(clusters.labels, said.groups), cut, said.contradictions())


def stop_similarity(calibration: Calibration, clusters: int) -> float:
    """Return the lowest average similarity at which two of this many clusters may still join."""
    return calibration.similarity_at(min(EXPECTED_STRANGERS / max(clusters - 1, 1), LOWEST_SHARE))


def stray_similarity(calibration: Calibration, homes: int) -> float:
    """Return the similarity from which a stray may join one of this many settled clusters."""
    return calibration.similarity_at(min(EXPECTED_STRAYS / max(homes, 1) ** STRAYS_POWER, LOWEST_STRAY_SHARE))


def _weights(quality: NDArray[np.float32] | None, count: int) -> NDArray[np.float32]:
    if quality is None:
        return np.ones(count, np.float32)
    if len(quality) != count:
        raise ValueError(f"{len(quality)} qualities for {count} faces")
    return np.maximum(quality, _LEAST_WEIGHT).astype(np.float32)


def _starting(seeds: NDArray[np.bool_] | None, said: Constraints) -> NDArray[np.int64]:
    """Return the rows of the faces that start a cluster: the seeds and whatever the user named."""
    count = len(said.groups)
    if seeds is None:
        return np.arange(count)
    if len(seeds) != count:
        raise ValueError(f"{len(seeds)} seeds for {count} faces")
    return np.flatnonzero(seeds | (said.groups >= 0))


def _grow(
    vectors: Vectors, weights: NDArray[np.float32], said: Constraints, rows: NDArray[np.int64], calibration: Calibration
) -> tuple[NDArray[np.int64], float]:
    """Run the linkage over these rows; return a node for every face (the others alone) and the cut at the end."""
    part = said.subset(rows)
    clusters = Clusters(vectors, weights[rows], part.nodes(), part, rows)
    links = StrongLinks(vectors, calibration.similarity_of(SURE), rows)
    average_linkage(clusters, lambda left: stop_similarity(calibration, left), links)
    nodes = np.full(len(vectors), -1, np.int64)
    nodes[rows] = np.unique(clusters.labels, return_inverse=True)[1]
    alone = np.flatnonzero(nodes < 0)
    nodes[alone] = clusters.count + np.arange(len(alone))
    return nodes, stop_similarity(calibration, clusters.count)


def by_size(labels: NDArray[np.int64], groups: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return labels from 0, larger clusters first; a face alone becomes −1 unless the user named it (group ≥ 0)."""
    found, first, place, sizes = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    kept = (found >= 0) & ((sizes > 1) | (groups[first] >= 0))
    order = np.lexsort((first, -sizes, ~kept))
    numbers = np.full(len(found), -1, np.int64)
    numbers[order[: int(kept.sum())]] = np.arange(int(kept.sum()))
    return numbers[place]
