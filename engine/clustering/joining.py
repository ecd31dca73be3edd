"""Groups that grow by joining, whatever makes them join: who has become part of whom, and the pairs that may be next.

Each round joins all pairs that are each other's best (reciprocal nearest neighbours, Murtagh 1983).
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.clustering.neighbours import PACKED_FROM, NeighbourIndex, Vectors

Ids = NDArray[np.int64]
"""(m,) int64, numbers of groups."""


@dataclass(frozen=True, slots=True)
class Edges:
    """Pairs of groups (first < second, each pair once) with what speaks for joining them, (e,) each."""

    first: Ids
    second: Ids
    strength: NDArray[np.float32]

    def kept(self, mask: NDArray[np.bool_] | NDArray[np.intp]) -> "Edges":
        """Return the edges at these rows, or where the mask is true."""
        return Edges(self.first[mask], self.second[mask], self.strength[mask])

    def best(self, least: float) -> NDArray[np.intp]:
        """Return the rows of at least this strength whose two ends are each other's best."""
        rows = np.flatnonzero(self.strength >= least)
        return rows[mutual_best(self.first[rows], self.second[rows], self.strength[rows])]

    def __add__(self, other: "Edges") -> "Edges":
        return Edges(
            np.concatenate([self.first, other.first]),
            np.concatenate([self.second, other.second]),
            np.concatenate([self.strength, other.strength]),
        )


class Joining(ABC):
    """Groups of n faces by number. A group that joins another keeps its number as a pointer to it."""

    def __init__(self, nodes: Ids) -> None:
        """Take the group that each face starts in, (n,)."""
        self.count = int(nodes.max(initial=-1)) + 1
        """How many groups are left."""
        self._nodes, self._into = nodes, np.arange(self.count)

    @abstractmethod
    def means(self, groups: Ids) -> Vectors:
        """Return what stands for each of these groups among its neighbours, (m, d)."""

    @abstractmethod
    def strengths(self, first: Ids, second: Ids) -> NDArray[np.float32]:
        """Return what speaks for joining each pair, (e,) float32."""

    @property
    def labels(self) -> Ids:
        """The group of each face, (n,) int64."""
        return self.roots(self._nodes)

    @property
    def alive(self) -> Ids:
        """The groups that have not joined another, rising."""
        return np.flatnonzero(self._into == np.arange(len(self._into)))

    def roots(self, groups: Ids) -> Ids:
        """Return the groups that these have become part of."""
        while True:
            further = self._into[self._into]
            if np.array_equal(further, self._into):
                break
            self._into = further
        roots: Ids = self._into[groups]
        return roots

    def nearby(self, neighbours: int) -> Edges:
        """Return the edges between each group and the others nearest to it."""
        alive = self.alive
        index = NeighbourIndex(self.means(alive), packed_from=PACKED_FROM)
        found = index.neighbours_of(np.arange(len(alive)), neighbours).indices.ravel()
        known = found >= 0
        return self.edges(np.repeat(alive, neighbours)[known], alive[found[known]])

    def edges(self, first: Ids, second: Ids) -> Edges:
        """Return the edges between the groups that these have become, each once, with their strength."""
        first, second, size = self.roots(first), self.roots(second), len(self._into)
        keys = np.minimum(first, second) * size
        keys += np.maximum(first, second)
        keys = np.unique(keys[first != second])
        first, second = keys // size, keys % size
        return Edges(first, second, self.strengths(first, second))

    def follow(self, edges: Edges, joined: Ids) -> Edges:
        """Carry edges over to what groups have become; only those that touch one that joined are measured again."""
        changed = np.zeros(len(self._into), bool)
        changed[joined] = True
        touched = changed[edges.first] | changed[edges.second]
        return edges.kept(~touched) + self.edges(edges.first[touched], edges.second[touched])

    def _point(self, second: Ids, first: Ids) -> None:
        """Note that groups have become part of others."""
        self._into[second] = first
        self.count -= len(second)


def mutual_best(first: Ids, second: Ids, score: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Mark the pairs (e,) whose two ends are each other's best; equal scores are told apart by a fixed hash."""
    size = int(second.max(initial=-1)) + 1
    best = np.full(size, -np.inf, np.float32)
    for end in (first, second):
        np.maximum.at(best, end, score)
    rows = np.flatnonzero((score == best[first]) & (score == best[second]))
    order = _mixed(first[rows], second[rows])
    winner = np.zeros(size, np.uint64)
    for end in (first[rows], second[rows]):
        np.maximum.at(winner, end, order)
    chosen = np.zeros(len(first), bool)
    chosen[rows] = (order == winner[first[rows]]) & (order == winner[second[rows]])
    return chosen


def _mixed(first: Ids, second: Ids) -> NDArray[np.uint64]:
    """Return a number for each pair that is distinct and looks random (the mixer of splitmix64)."""
    value = (first.astype(np.uint64) << np.uint64(32)) | second.astype(np.uint64)
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))
