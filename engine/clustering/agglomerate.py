"""Clusters that grow by joining: average linkage over unit embeddings, limited to neighbours, with constraints inside.

The average similarity of two clusters is the inner product of their mean vectors, so a cluster is kept as a sum and a
weight. Each round joins all pairs of clusters that are each other's best allowed neighbour (reciprocal nearest
neighbours, Murtagh 1983; average linkage is reducible, so the order of such joins does not change the tree). Candidates
come from the nearest-neighbour graph of the faces and, when that is used up, from a new graph over the clusters.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.clustering.constraints import Constraints
from engine.clustering.neighbours import NeighbourIndex, Vectors

Cut = Callable[[int], float]
"""The lowest average similarity at which two of this many clusters may join."""

_BLOCK = 1 << 18


@dataclass(slots=True)
class Edges:
    """Pairs of clusters (first < second, each pair once) with their average similarity, (e,) each."""

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    similarity: NDArray[np.float32]

    def kept(self, mask: NDArray[np.bool_]) -> "Edges":
        """Return the edges where the mask is true."""
        return Edges(self.first[mask], self.second[mask], self.similarity[mask])


class Clusters:
    """The clusters of a run that is under way: their sums, weights, owners and what keeps them apart."""

    def __init__(self, vectors: Vectors, weights: NDArray[np.float32], constraints: Constraints) -> None:
        self.labels = constraints.nodes()
        """(n,) int64, the cluster of each face."""
        self.count = int(self.labels.max(initial=-1)) + 1
        self.sums = np.zeros((self.count, vectors.shape[1]), np.float32)
        np.add.at(self.sums, self.labels, vectors * weights[:, None])
        self.weights = np.bincount(self.labels, weights, self.count).astype(np.float32)
        self.owners = np.full(self.count, -1, np.int64)
        self.owners[self.labels] = constraints.groups
        self._forbidden = self._keys(self.labels[constraints.forbidden()])

    def means(self) -> Vectors:
        """Return the mean vectors (count, d), not of unit length: their inner products are average similarities."""
        return self.sums / self.weights[:, None]

    def edges(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> Edges:
        """Return the edges between these clusters that nothing forbids, each once, with their similarities."""
        low, high = np.minimum(first, second), np.maximum(first, second)
        keys = np.unique((low * self.count + high)[low != high])
        keys = keys[self._allowed(keys)]
        low, high = keys // self.count, keys % self.count
        return Edges(low, high, self.similarities(low, high))

    def similarities(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the average similarity of each pair, (e,) float32, computed in blocks."""
        means = self.means()
        result = np.empty(len(first), np.float32)
        for start in range(0, len(first), _BLOCK):
            block = slice(start, start + _BLOCK)
            np.einsum("ij,ij->i", means[first[block]], means[second[block]], out=result[block])
        return result

    def join(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.int64]:
        """Join the pairs and return (old count,) int64, the new number of every cluster; ask only with disjoint pairs."""
        target = np.arange(self.count)
        target[second] = first
        kept = target == np.arange(self.count)
        renumbered = (np.cumsum(kept) - 1)[target]
        self.sums[first] += self.sums[second]
        self.weights[first] += self.weights[second]
        self.owners[first] = np.maximum(self.owners[first], self.owners[second])
        self.sums, self.weights, self.owners = self.sums[kept], self.weights[kept], self.owners[kept]
        old = np.column_stack([self._forbidden // self.count, self._forbidden % self.count])
        self.count = int(kept.sum())
        self._forbidden = self._keys(renumbered[old])
        self.labels = renumbered[self.labels]
        return renumbered

    def _allowed(self, keys: NDArray[np.int64]) -> NDArray[np.bool_]:
        first, second = self.owners[keys // self.count], self.owners[keys % self.count]
        return ~np.isin(keys, self._forbidden, assume_unique=True) & ((first < 0) | (second < 0))

    def _keys(self, pairs: NDArray[np.int64]) -> NDArray[np.int64]:
        low, high = pairs.min(axis=1, initial=self.count), pairs.max(axis=1, initial=-1)
        return np.unique((low * self.count + high)[low != high])


def join_while_above(clusters: Clusters, edges: Edges, cut: Cut) -> None:
    """Join best pairs along the edges until none reaches the cut, which follows the number of clusters left."""
    while True:
        floor = cut(clusters.count)
        near = edges.kept(edges.similarity >= floor)
        chosen = mutual_best(near, clusters.count)
        if not chosen.any():
            return
        first, second = near.first[chosen], near.second[chosen]
        changed = np.zeros(clusters.count, bool)
        changed[first] = True
        changed[second] = True
        renumbered = clusters.join(first, second)
        edges = _follow(clusters, edges, renumbered, changed)


def mutual_best(edges: Edges, count: int) -> NDArray[np.bool_]:
    """Mark the edges (e,) whose two ends are each other's best; equal similarities are told apart by a fixed hash."""
    best = np.full(count, -np.inf, np.float32)
    for end in (edges.first, edges.second):
        np.maximum.at(best, end, edges.similarity)
    top = (edges.similarity == best[edges.first]) & (edges.similarity == best[edges.second])
    rows = np.flatnonzero(top)
    order = _mixed(edges.first[rows], edges.second[rows])
    winner = np.zeros(count, np.uint64)
    for end in (edges.first[rows], edges.second[rows]):
        np.maximum.at(winner, end, order)
    chosen = np.zeros(len(edges.first), bool)
    chosen[rows] = (order == winner[edges.first[rows]]) & (order == winner[edges.second[rows]])
    return chosen


def _mixed(first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Return a number for each pair that is distinct and looks random (the mixer of splitmix64)."""
    value = (first.astype(np.uint64) << np.uint64(32)) | second.astype(np.uint64)
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))


def _follow(clusters: Clusters, edges: Edges, renumbered: NDArray[np.int64], changed: NDArray[np.bool_]) -> Edges:
    """Carry the edges over to the joined clusters; only those that touch a changed cluster are measured again."""
    touched = changed[edges.first] | changed[edges.second]
    fresh = clusters.edges(renumbered[edges.first[touched]], renumbered[edges.second[touched]])
    kept = edges.kept(~touched)
    return Edges(
        np.concatenate([renumbered[kept.first], fresh.first]),
        np.concatenate([renumbered[kept.second], fresh.second]),
        np.concatenate([kept.similarity, fresh.similarity]),
    )


def average_linkage(clusters: Clusters, vectors: Vectors, cut: Cut, neighbours: int = 16) -> None:
    """Join clusters, in place, until no two neighbours are on average as similar as the cut for the clusters left.

    `vectors` are the unit embeddings (n, d) behind the clusters, `neighbours` how many candidates each looks at.
    """
    found = NeighbourIndex(vectors).neighbours_of(np.arange(len(vectors)), neighbours)
    first, second = _candidates(np.arange(len(vectors)), found.indices)
    edges = clusters.edges(clusters.labels[first], clusters.labels[second])
    while True:
        before = clusters.count
        join_while_above(clusters, edges, cut)
        if clusters.count == before:
            return
        found = NeighbourIndex(clusters.means()).neighbours_of(np.arange(clusters.count), neighbours)
        edges = clusters.edges(*_candidates(np.arange(clusters.count), found.indices))


def _candidates(rows: NDArray[np.int64], indices: NDArray[np.int32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Flatten neighbour lists (n, k) to pairs of rows, without the places that hold no neighbour."""
    first, second = np.repeat(rows, indices.shape[1]), indices.ravel().astype(np.int64)
    return first[second >= 0], second[second >= 0]
