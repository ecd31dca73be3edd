"""The graph along which groups join: edges between each group and those nearest to it, renewed as groups change."""

import numpy as np

from engine.clustering.groups import Groups
from engine.clustering.joining import Edges, Ids
from engine.clustering.neighbours import CELLS_FROM, COARSE, EXACT_UP_TO, NeighbourIndex, packing_of

NEIGHBOURS = 16
"""How many others each group looks at."""

FIRST_NEIGHBOURS = 8
"""How many each face of a large library looks at first, found coarsely: most have many others of the same person."""

_FEW_CHANGED = 0.1
"""Where less of many groups have changed since they looked at others, only these look again."""


class Graph:
    """Edges between groups: none at first, and then those of the last time that groups looked at their neighbours."""

    def __init__(self, groups: Groups) -> None:
        """Take the groups."""
        none = np.empty(0, np.int64)
        self.groups, self.edges = groups, Edges(none, none, np.empty(0, np.float32))
        self._sizes = np.zeros_like(groups.sizes)
        self._index: NeighbourIndex | None = None

    def renew(self) -> None:
        """Have the groups look at their neighbours: all of them, or of many groups those that are others than before.

        A group that has not changed keeps its edges; to one that has it gets an edge where that looks at it.
        """
        groups, alive = self.groups, self.groups.alive
        changed = alive[groups.sizes[alive] != self._sizes[alive]]
        if self._index is not None and len(changed) < _FEW_CHANGED * groups.count:
            found = self._nearby_again(changed)
            found = np.concatenate([self.edges.first, found[0]]), np.concatenate([self.edges.second, found[1]])
        else:
            self.edges = self.edges.kept(slice(0))  # a large library has millions; they would be there twice
            found = self._nearby_first(alive) if groups.count == len(groups.sizes) else self._nearby(alive)
        self.edges = groups.edges(*found)
        self._sizes = groups.sizes.copy()

    def _nearby_first(self, alive: Ids) -> tuple[Ids, Ids]:
        """Return each group as it started beside those nearest to it."""
        if len(alive) < CELLS_FROM:
            return self._nearby(alive)
        return self.groups.nearby(NeighbourIndex(self.groups.means(alive), packing=COARSE), alive, FIRST_NEIGHBOURS)

    def _nearby(self, alive: Ids) -> tuple[Ids, Ids]:
        """Return all groups beside those nearest to them; of many the index is kept."""
        self._index = None
        index = NeighbourIndex(self.groups.means(alive), packing=packing_of(len(alive)))
        self._index = index if len(alive) > EXACT_UP_TO else None
        return self.groups.nearby(index, alive, NEIGHBOURS)

    def _nearby_again(self, changed: Ids) -> tuple[Ids, Ids]:
        """Return the groups that have changed beside those nearest to them."""
        groups, means = self.groups, self.groups.means(self.groups.alive)
        if len(changed) * len(means) <= EXACT_UP_TO**2 or self._index is None:
            return groups.nearby(NeighbourIndex(means, exact_up_to=len(means)), changed, NEIGHBOURS)
        self._index.refill(means)
        return groups.nearby(self._index, changed, NEIGHBOURS)
