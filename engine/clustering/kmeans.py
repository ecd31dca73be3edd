"""Spherical k-means: "there are K people here" (Dhillon and Modha 2001).

Seeding is k-means++ (Arthur and Vassilvitskii 2007), which picks the best of a few candidates each time.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.clustering.neighbours import Vectors

_BLOCK = 8192
_SAMPLE = 2000


@dataclass(frozen=True, slots=True)
class KMeansOptions:
    """`k` clusters, the best of `starts` seedings, at most `rounds` each; the same `seed` gives the same answer."""

    k: int
    starts: int = 4
    rounds: int = 50
    seed: int = 0


@dataclass(frozen=True, slots=True)
class _Run:
    labels: NDArray[np.int64]
    centres: Vectors
    fit: float


def kmeans_labels(vectors: Vectors, options: KMeansOptions) -> NDArray[np.int64]:
    """Return the cluster, 0 to k − 1, of each unit embedding (n, d), (n,) int64.

    With fewer than k faces each is a cluster of its own. No cluster is empty, unless fewer than k vectors are distinct.
    Raises ValueError for k, starts or rounds below 1.
    """
    if min(options.k, options.starts, options.rounds) < 1:
        raise ValueError("k, starts and rounds must be at least 1")
    vectors = np.ascontiguousarray(vectors, np.float32)
    if len(vectors) <= options.k:
        return np.arange(len(vectors))
    rng = np.random.default_rng(options.seed)
    runs = [_one_run(vectors, options, rng) for _ in range(options.starts)]
    return max(runs, key=lambda run: run.fit).labels


def propose_k(vectors: Vectors, largest: int, seed: int = 0) -> int:
    """Return the number of clusters, 2 to `largest`, whose k-means has the best silhouette on at most 2,000 faces.

    Returns 1 for fewer than three faces, or where no silhouette is above 0.
    """
    if len(vectors) < 3:
        return 1
    rng = np.random.default_rng(seed)
    shown = np.sort(rng.choice(len(vectors), min(len(vectors), _SAMPLE), replace=False))
    sample = np.ascontiguousarray(vectors[shown], np.float32)
    scores = {
        k: silhouette(sample, kmeans_labels(sample, KMeansOptions(k, starts=2, seed=seed)))
        for k in range(2, min(largest, len(sample) - 1) + 1)
    }
    best = max(scores, key=lambda k: (scores[k], -k), default=1)
    return best if scores.get(best, 0) > 0 else 1


def silhouette(vectors: Vectors, labels: NDArray[np.int64]) -> float:
    """Return the mean silhouette (Rousseeuw 1987) of unit vectors by cosine distance, −1 to 1; a single counts 0."""
    clusters, place, sizes = np.unique(labels, return_inverse=True, return_counts=True)
    if len(clusters) < 2:
        return 0.0
    sums = np.zeros((len(clusters), vectors.shape[1]), np.float64)
    np.add.at(sums, place, vectors)
    total = vectors.astype(np.float64) @ sums.T
    rows = np.arange(len(vectors))
    own = 1 - (total[rows, place] - 1) / np.maximum(sizes[place] - 1, 1)
    other = 1 - total / sizes
    other[rows, place] = np.inf
    nearest = other.min(axis=1)
    scores = (nearest - own) / np.maximum(np.maximum(nearest, own), 1e-12)
    return float(np.where(sizes[place] > 1, scores, 0).mean())


def _one_run(vectors: Vectors, options: KMeansOptions, rng: np.random.Generator) -> _Run:
    centres = _seeds(vectors, options.k, rng)
    labels = np.full(len(vectors), -1, np.int64)
    for _ in range(options.rounds):
        found, similarity = _assign(vectors, centres)
        found = _fill_empty(found, similarity, options.k)
        if np.array_equal(found, labels):
            break
        labels = found
        centres = _directions(vectors, labels, options.k)
    return _Run(labels, centres, float(np.einsum("ij,ij->", vectors, centres[labels])))


def _seeds(vectors: Vectors, k: int, rng: np.random.Generator) -> Vectors:
    """Pick k faces far apart: each the best of a few, drawn by their distance (1 − cosine) from those picked."""
    trials = 2 + int(np.log(k))
    picked = [int(rng.integers(len(vectors)))]
    distance = np.maximum(1 - vectors @ vectors[picked[0]], 0).astype(np.float64)
    while len(picked) < k:
        total = distance.sum()
        drawn = rng.choice(len(vectors), trials, p=distance / total if total > 0 else None)
        left = np.minimum(distance[:, None], np.maximum(1 - vectors @ vectors[drawn].T, 0))
        best = int(left.sum(axis=0).argmin())
        picked.append(int(drawn[best]))
        distance = left[:, best]
    return vectors[picked]


def _assign(vectors: Vectors, centres: Vectors) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    labels = np.empty(len(vectors), np.int64)
    similarity = np.empty(len(vectors), np.float32)
    for start in range(0, len(vectors), _BLOCK):
        block = slice(start, start + _BLOCK)
        seen = vectors[block] @ centres.T
        labels[block] = seen.argmax(axis=1)
        similarity[block] = seen.max(axis=1)
    return labels, similarity


def _fill_empty(labels: NDArray[np.int64], similarity: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """Give every empty cluster the face that fits its own cluster worst, as long as that one keeps another face."""
    sizes = np.bincount(labels, minlength=k)
    empty = np.flatnonzero(sizes == 0).tolist()
    for face in np.argsort(similarity, kind="stable"):
        if not empty:
            break
        if sizes[labels[face]] > 1:
            sizes[labels[face]] -= 1
            labels[face] = empty.pop()
    return labels


def _directions(vectors: Vectors, labels: NDArray[np.int64], k: int) -> Vectors:
    sums = np.zeros((k, vectors.shape[1]), np.float32)
    np.add.at(sums, labels, vectors)
    centres: Vectors = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12)
    return centres
