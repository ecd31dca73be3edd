"""The clusters of a run that is under way: what they hold, what keeps them apart, and joining them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.clustering.constraints import Constraints, Pairs
from engine.clustering.neighbours import Vectors
from engine.clustering.sums import sums_by

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


class Apart:
    """Which clusters may not join: those with two different owners, and those that hold the two ends of a pair."""

    def __init__(self, owners: NDArray[np.int64], pairs: Pairs) -> None:
        self._owners = owners
        self._partners: dict[int, set[int]] = {}
        for first, second in pairs.tolist():
            if first != second:
                self._partners.setdefault(first, set()).add(second)
                self._partners.setdefault(second, set()).add(first)

    def allows(self, first: Ids, second: Ids) -> NDArray[np.bool_]:
        """Say for each pair of clusters whether it may join, (m,) bool."""
        allowed = (self._owners[first] < 0) | (self._owners[second] < 0)
        allowed |= self._owners[first] == self._owners[second]
        if self._partners:
            nobody: set[int] = set()
            pairs = zip(first.tolist(), second.tolist(), strict=True)
            allowed &= np.fromiter((b not in self._partners.get(a, nobody) for a, b in pairs), bool, len(first))
        return allowed

    def weight(self, cluster: int) -> int:
        """Return how many clusters this one must stay apart from: the work of renaming it."""
        return len(self._partners.get(cluster, ()))

    def joined(self, kept: int, gone: int) -> None:
        """Hand everything said about one cluster to the one that it has joined."""
        self._owners[kept] = max(self._owners[kept], self._owners[gone])
        partners = self._partners.pop(gone, None)
        if partners is None:
            return
        for other in partners:
            self._partners[other].discard(gone)
            self._partners[other].add(kept)
        self._partners.setdefault(kept, set()).update(partners)


class Clusters:
    """Clusters of n faces by number. A cluster that joins another keeps its number as a pointer to it."""

    def __init__(
        self,
        vectors: Vectors,
        weights: NDArray[np.float32],
        nodes: Ids,
        constraints: Constraints,
        rows: Ids | None = None,
    ) -> None:
        """Take the faces at `rows` of the vectors, all of them by default; the other arrays have one entry for each."""
        size = int(nodes.max(initial=-1)) + 1
        self.count = size
        """How many clusters are left."""
        self.sizes = np.bincount(nodes, minlength=size)
        self.weights = np.bincount(nodes, weights, size).astype(np.float32)
        self.means = sums_by(vectors, np.arange(len(vectors)) if rows is None else rows, nodes, size, weights)
        """(nodes, d) float32, weighted mean vectors, not of unit length: inner products are average similarities."""
        self.means /= self.weights[:, None]
        self._nodes = nodes
        self._into = np.arange(size)
        owners = np.full(size, -1, np.int64)
        np.maximum.at(owners, nodes, constraints.groups)
        self.apart = Apart(owners, nodes[constraints.forbidden()])

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
        """Join the pairs, no cluster in two of them. Ask `apart` before: this does not look."""
        heavier = np.fromiter(
            (self.apart.weight(b) > self.apart.weight(a) for a, b in zip(first.tolist(), second.tolist(), strict=True)),
            bool,
            len(first),
        )
        kept, gone = np.where(heavier, second, first), np.where(heavier, first, second)
        total = self.weights[kept] + self.weights[gone]
        share = (self.weights[gone] / total)[:, None]
        self.means[kept] += (self.means[gone] - self.means[kept]) * share
        self.weights[kept] = total
        self.sizes[kept] += self.sizes[gone]
        self._into[gone] = kept
        self.count -= len(gone)
        for left, lost in zip(kept.tolist(), gone.tolist(), strict=True):
            self.apart.joined(left, lost)
