"""Groups that grow by joining, whatever makes them join: who has become part of whom, and the pairs that may be next.

Each round joins all pairs that are each other's best (reciprocal nearest neighbours, Murtagh 1983).
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.clustering.neighbours import NeighbourIndex, Vectors

Ids = NDArray[np.int64]
"""(m,) int64, numbers of groups."""

_BITS = 32
"""Pairs of groups are sorted as one number, half of its bits for each."""


@dataclass(frozen=True, slots=True)
class Edges:
    """Pairs of groups (first < second, each pair once) with what speaks for joining them, (e,) each."""

    first: Ids
    second: Ids
    strength: NDArray[np.float32]

    def kept(self, mask: NDArray[np.bool_] | NDArray[np.intp] | slice) -> "Edges":
        """Return the edges at these rows, or where the mask is true."""
        return Edges(self.first[mask], self.second[mask], self.strength[mask])

    def reaching(self, least: float) -> "Edges":
        """Return the edges of at least this strength."""
        return self.kept(np.flatnonzero(self.strength >= least))

    def best(self) -> NDArray[np.float32]:
        """Return how strong the best edge of each group is, −inf where there is none, up to the last that has one."""
        best = np.full(int(self.second.max(initial=-1)) + 1, -np.inf, np.float32)
        for end in (self.first, self.second):
            np.maximum.at(best, end, self.strength)
        return best

    def mutual(self, best: NDArray[np.float32]) -> "Edges":
        """Return the edges whose two ends are each other's best; equal ones are told apart by a fixed hash."""
        top = self.kept(np.flatnonzero((self.strength == best[self.first]) & (self.strength == best[self.second])))
        order = _mixed(top.first, top.second)
        winner = np.zeros(len(best), np.uint64)
        for end in (top.first, top.second):
            np.maximum.at(winner, end, order)
        return top.kept((order == winner[top.first]) & (order == winner[top.second]))

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

    def nearby(self, index: NeighbourIndex, groups: Ids, neighbours: int) -> tuple[Ids, Ids]:
        """Return each of these groups beside the others nearest to it, (m,) each; `index` is of all that are left."""
        alive = self.alive
        found = index.neighbours_of(np.searchsorted(alive, groups), neighbours).indices.ravel()
        known = found >= 0
        return np.repeat(groups, neighbours)[known], alive[found[known]]

    def edges(self, first: Ids, second: Ids) -> Edges:
        """Return the edges between the groups that these have become, each once, with their strength."""
        return self._between(self.roots(first), self.roots(second))

    def follow(self, edges: Edges, joined: Ids) -> Edges:
        """Carry edges between groups that were left over a round in which these joined, to what they have become.

        Only those that touch one that joined are measured again.
        """
        changed = np.zeros(len(self._into), bool)
        changed[joined] = True
        touched = changed[edges.first] | changed[edges.second]
        into = self._into
        return edges.kept(~touched) + self._between(into[edges.first[touched]], into[edges.second[touched]])

    def _between(self, first: Ids, second: Ids) -> Edges:
        """Return the edges between these groups, which are left, each once, with their strength."""
        between = first != second
        first, second = first[between], second[between]
        keys = np.minimum(first, second) << _BITS
        keys |= np.maximum(first, second)
        keys.sort()
        keys = keys[np.diff(keys, prepend=-1) > 0]
        first, second = keys >> _BITS, keys & (1 << _BITS) - 1
        return Edges(first, second, self.strengths(first, second))

    def _point(self, second: Ids, first: Ids) -> None:
        """Note that groups have become part of others."""
        self._into[second] = first
        self.count -= len(second)


def _mixed(first: Ids, second: Ids) -> NDArray[np.uint64]:
    """Return a number for each pair that is distinct and looks random (the mixer of splitmix64)."""
    value = (first.astype(np.uint64) << np.uint64(32)) | second.astype(np.uint64)
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))
