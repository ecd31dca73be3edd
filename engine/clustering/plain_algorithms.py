"""Plain algorithms to compare with and to choose by hand: DBSCAN, Chinese whispers, average linkage with one cut."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.clustering.agglomerate import average_linkage
from engine.clustering.clusters import Clusters
from engine.clustering.hdbscan import to_distance
from engine.clustering.neighbours import Vectors, nearest
from engine.cores import count_cores_quietly


@dataclass(frozen=True, slots=True)
class DbscanOptions:
    """Faces are neighbours from a cosine of `similarity` on; one with `min_samples` of them (itself too) is a core."""

    similarity: float = 0.5
    min_samples: int = 3


@dataclass(frozen=True, slots=True)
class WhispersOptions:
    """Edges join the `neighbours` nearest faces from a cosine of `similarity` on; the order of faces follows `seed`."""

    similarity: float = 0.5
    neighbours: int = 48
    rounds: int = 20
    seed: int = 0


@dataclass(frozen=True, slots=True)
class AverageOptions:
    """Clusters join while their average cosine is at least `similarity`."""

    similarity: float = 0.4


def dbscan_labels(vectors: Vectors, options: DbscanOptions) -> NDArray[np.int64]:
    """Return DBSCAN's labels (n,) int64, −1 for noise (Ester et al. 1996)."""
    from sklearn.cluster import DBSCAN  # most groupings do without its 100 MB

    count_cores_quietly()
    if not len(vectors):
        return np.empty(0, np.int64)
    radius = float(to_distance(np.array(options.similarity)))
    return np.asarray(DBSCAN(eps=radius, min_samples=options.min_samples).fit_predict(vectors), np.int64)


def whispers_labels(vectors: Vectors, options: WhispersOptions) -> NDArray[np.int64]:
    """Return the labels (n,) int64 of Chinese whispers (Biemann 2006), −1 for a face alone.

    In each round every face, in random order, takes the label with the largest sum of similarities around it.
    """
    count = len(vectors)
    labels = np.arange(count)
    if count < 2:
        return np.full(count, -1, np.int64)
    found = nearest(vectors, min(options.neighbours, count - 1))
    lists = [row[near >= options.similarity] for row, near in zip(found.indices, found.similarities, strict=True)]
    weights = [near[near >= options.similarity] for near in found.similarities]
    rng = np.random.default_rng(options.seed)
    for _ in range(options.rounds):
        before = labels.copy()
        for face in rng.permutation(count):
            if len(lists[face]):
                heard, place = np.unique(labels[lists[face]], return_inverse=True)
                labels[face] = heard[np.bincount(place, weights[face]).argmax()]
        if np.array_equal(before, labels):
            break
    return _without_singles(labels)


def average_labels(vectors: Vectors, options: AverageOptions) -> NDArray[np.int64]:
    """Return the labels (n,) int64 of average linkage with one cut for every library, −1 for a face alone."""
    count = len(vectors)
    if not count:
        return np.empty(0, np.int64)
    clusters = Clusters(vectors, np.ones(count, np.float32), np.arange(count))
    average_linkage(clusters, lambda _: options.similarity)
    return _without_singles(clusters.labels)


def _without_singles(labels: NDArray[np.int64]) -> NDArray[np.int64]:
    _, place, sizes = np.unique(labels, return_inverse=True, return_counts=True)
    numbers = np.where(sizes > 1, np.cumsum(sizes > 1) - 1, -1)
    result: NDArray[np.int64] = numbers[place].astype(np.int64)
    return result
