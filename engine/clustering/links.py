"""Strong links: whether two clusters that are alike on average also have faces that are hardly of two people.

Two people who look alike do so everywhere a little; two looks of one person (with and without glasses, at twenty and
at forty) share some faces that are clearly the same. On average linkage alone both come out the same.
"""

import numpy as np
from numpy.typing import NDArray

from engine.clustering.clusters import Clusters, Edges, Ids
from engine.clustering.neighbours import Vectors

STRONGEST = 3
"""How many of the strongest links between two clusters are averaged."""

LEAST = 4
"""Clusters of fewer faces are not asked: they have too few links to tell, and little is lost by a wrong one."""

_SHOWN = 256


class StrongLinks:
    """Asks for the average of the three strongest links between two clusters of several faces each."""

    def __init__(self, vectors: Vectors, lowest: float, rows: Ids | None = None) -> None:
        """Take the unit embeddings (n, d), the lowest similarity of the strongest links, and the clustered rows."""
        self._vectors, self._lowest = vectors, lowest
        self._rows = np.arange(len(vectors)) if rows is None else rows

    def hold(self, clusters: Clusters, edges: Edges) -> NDArray[np.bool_]:
        """Say for each edge whether its clusters are linked strongly enough, (e,) bool.

        Clusters that are on average as similar as is asked of the strongest links need no look.
        """
        holds = np.ones(len(edges.first), bool)
        small = np.minimum(clusters.sizes[edges.first], clusters.sizes[edges.second]) < LEAST
        doubtful = np.flatnonzero((edges.similarity < self._lowest) & ~small)
        if len(doubtful):
            labels = clusters.labels
            for row in doubtful:
                first, second = (self._shown(labels == end) for end in (edges.first[row], edges.second[row]))
                holds[row] = strongest(first, second) >= self._lowest
        return holds

    def _shown(self, mask: NDArray[np.bool_]) -> Vectors:
        """Return the embeddings of at most 256 faces, evenly chosen."""
        faces = np.flatnonzero(mask)
        shown = min(len(faces), _SHOWN)
        return self._vectors[self._rows[faces[np.arange(shown) * len(faces) // shown]]]


def strongest(first: Vectors, second: Vectors) -> float:
    """Return the average of the three highest similarities between the rows of two arrays of unit vectors."""
    seen = (first @ second.T).ravel()
    count = min(STRONGEST, len(seen))
    return float(np.partition(seen, len(seen) - count)[len(seen) - count :].mean())
