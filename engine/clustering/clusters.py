"""The clusters of average linkage that is under way: what they hold, and joining them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.clustering.neighbours import Vectors
from engine.clustering.sums_by_group import sums_by

Ids = NDArray[np.int64]
"""(m,) int64, numbers of clusters."""

_BLOCK = 1 << 14


@dataclass(frozen=True, slots=True)
class Edges:
    """Pairs of clusters (first < second, each pair once) with their average similarity, (e,) each."""

    first: Ids
    second: Ids
    similarity: NDArray[np.float32]

    def kept(self, mask: NDArray[np.bool_] | NDArray[np.intp]) -> "Edges":
        """Return the edges at these rows, or where the mask is true."""
        return Edges(self.first[mask], self.second[mask], self.similarity[mask])

    def __add__(self, other: "Edges") -> "Edges":
        return Edges(
            np.concatenate([self.first, other.first]),
            np.concatenate([self.second, other.second]),
            np.concatenate([self.similarity, other.similarity]),
        )


class Clusters:
    """Clusters of n faces by number. A cluster that joins another keeps its number as a pointer to it."""

    def __init__(self, vectors: Vectors, weights: NDArray[np.float32], nodes: Ids) -> None:
        """Take unit embeddings (n, d), what each counts in a mean and the cluster it starts in, (n,) each."""
        size = int(nodes.max(initial=-1)) + 1
        self.count = size
        """How many clusters are left."""
        self.weights = np.bincount(nodes, weights, size).astype(np.float32)
        self.means = sums_by(vectors, np.arange(len(vectors)), nodes, size, weights)
        """(nodes, d) float32, weighted mean vectors, not of unit length: inner products are average similarities."""
        self.means /= self.weights[:, None]
        self._nodes = nodes
        self._into = np.arange(size)

    @property
    def labels(self) -> Ids:
        """The cluster of each face, (n,) int64."""
        return self.roots(self._nodes)

    @property
    def alive(self) -> Ids:
        """The clusters that have not joined another, rising."""
        return np.flatnonzero(self._into == np.arange(len(self._into)))

    def roots(self, clusters: Ids) -> Ids:
        """Return the clusters that these have become part of."""
        while True:
            further = self._into[self._into]
            if np.array_equal(further, self._into):
                break
            self._into = further
        roots: Ids = self._into[clusters]
        return roots

    def edges(self, first: Ids, second: Ids) -> Edges:
        """Return the edges between the clusters that these have become, each once, with their similarities."""
        first, second, size = self.roots(first), self.roots(second), len(self._into)
        keys = np.minimum(first, second) * size
        keys += np.maximum(first, second)
        keys = np.unique(keys[first != second])
        first, second = keys // size, keys % size
        return Edges(first, second, self.similarities(first, second))

    def similarities(self, first: Ids, second: Ids) -> NDArray[np.float32]:
        """Return the average similarity of each pair, (e,) float32, computed in blocks."""
        result = np.empty(len(first), np.float32)
        for start in range(0, len(first), _BLOCK):
            block = slice(start, start + _BLOCK)
            np.einsum("ij,ij->i", self.means[first[block]], self.means[second[block]], out=result[block])
        return result

    def join(self, first: Ids, second: Ids) -> None:
        """Join the pairs, no cluster in two of them."""
        total = self.weights[first] + self.weights[second]
        self.means[first] += (self.means[second] - self.means[first]) * (self.weights[second] / total)[:, None]
        self.weights[first] = total
        self._into[second] = first
        self.count -= len(second)
