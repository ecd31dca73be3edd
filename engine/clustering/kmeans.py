"""Spherical k-means: "there are K people here" (Dhillon and Modha 2001).

Seeding is k-means++ (Arthur and Vassilvitskii 2007), which picks the best of a few candidates each time.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.clustering.neighbours import Vectors
from engine.clustering.sums_by_group import sums_by

_BLOCK = 8192
_SAMPLE = 4_000

FEW, FURTHER = 64, 3
"""Numbers up to the one are all looked at, and beyond it as long as no better one was found for so many times as far:
the silhouette has small peaks before its large one."""

FINEST = 1.02
"""Numbers of clusters closer together than this are not told apart: their silhouettes differ by chance."""


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


def propose_k(vectors: Vectors, largest: int | None = None, seed: int = 0) -> int:
    """Return the number of clusters, up to `largest`, whose k-means has the best silhouette, on at most 4,000 faces.

    Numbers are tried a third apart, and then around the best one. At most a third of the faces: beyond that most
    clusters are pairs. Returns 1 for fewer than three faces, or where no silhouette is above 0.
    """
    if len(vectors) < 3:
        return 1
    rng = np.random.default_rng(seed)
    shown = np.sort(rng.choice(len(vectors), min(len(vectors), _SAMPLE), replace=False))
    sample = np.ascontiguousarray(vectors[shown], np.float32)
    scores: dict[int, float] = {}

    def judge(k: int) -> None:
        scores[k] = silhouette(sample, kmeans_labels(sample, KMeansOptions(k, starts=1, rounds=10, seed=seed)))

    def best() -> int:
        return max(scores, key=lambda k: (scores[k], -k))

    k, step, most = 2, 4 / 3, min(largest or len(sample), max(2, len(sample) // 3))
    while k <= most and (not scores or k < max(FEW, FURTHER * best())):
        judge(k)
        k = max(k + 1, round(k * step))
    while (step := step**0.5) > FINEST:
        for k in {round(best() / step), round(best() * step)} - scores.keys():
            if 2 <= k <= most:
                judge(k)
    return best() if scores[best()] > 0 else 1


def silhouette(vectors: Vectors, labels: NDArray[np.int64], rows: NDArray[np.int64] | None = None) -> float:
    """Return the mean silhouette (Rousseeuw 1987) of unit vectors by cosine distance, −1 to 1; a single counts 0.

    Where only some `rows` are judged, they are compared with all vectors of each cluster all the same.
    """
    clusters, place, sizes = np.unique(labels, return_inverse=True, return_counts=True)
    if len(clusters) < 2:
        return 0.0
    judged = np.arange(len(vectors)) if rows is None else rows
    everybody = np.arange(len(vectors))
    sums = sums_by(vectors, everybody, place.astype(np.int64), len(clusters), np.ones(len(vectors), np.float32))
    total = vectors[judged].astype(np.float64) @ sums.T.astype(np.float64)
    at, own_place = np.arange(len(judged)), place[judged]
    own = 1 - (total[at, own_place] - 1) / np.maximum(sizes[own_place] - 1, 1)
    other = 1 - total / sizes
    other[at, own_place] = np.inf
    nearest = other.min(axis=1)
    scores = (nearest - own) / np.maximum(np.maximum(nearest, own), 1e-12)
    return float(np.where(sizes[own_place] > 1, scores, 0).mean())


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
    sums = sums_by(vectors, np.arange(len(vectors)), labels, k, np.ones(len(vectors), np.float32))
    centres: Vectors = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12)
    return centres
