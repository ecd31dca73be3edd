"""Clusters that grow by joining: average linkage over unit embeddings, limited to neighbours.

The average similarity of two clusters is the inner product of their mean vectors, so a cluster is kept as a mean and a
weight. Each round joins all pairs of clusters that are each other's best neighbour (`joining`; average linkage is
reducible, so the order of such joins does not change the tree). Candidates come from the nearest-neighbour graph of the
faces and, when that is used up, from a new graph over the clusters.
"""

from collections.abc import Callable

import numpy as np

from engine.clustering.clusters import Clusters
from engine.clustering.joining import Edges
from engine.clustering.neighbours import NeighbourIndex, packing_of

Cut = Callable[[int], float]
"""The lowest average similarity at which two clusters may join while this many are left; falls with the number."""

_SLACK = 0.02


def average_linkage(clusters: Clusters, cut: Cut, neighbours: int = 16) -> None:
    """Join clusters, in place, until no two neighbours are on average as similar as the cut for the clusters left.

    `neighbours` is how many candidates each cluster looks at whenever the graph is built anew.
    """
    while clusters.count > 1:
        before = clusters.count
        alive = clusters.alive
        index = NeighbourIndex(clusters.means(alive), packing=packing_of(len(alive)))
        near = clusters.nearby(index, alive, neighbours)
        join_along(clusters, clusters.edges(*near), cut)
        if clusters.count == before:
            return


def join_along(clusters: Clusters, edges: Edges, cut: Cut) -> None:
    """Join best pairs along the edges, in place, until none of them reaches the cut.

    Only edges near the cut are followed; the average of two clusters cannot exceed that of their parts, so the others
    are looked at again when the cut has come down to them.
    """
    while True:
        limit = cut(clusters.count) - _SLACK
        near, far = edges.kept(edges.strength >= limit), edges.kept(edges.strength < limit)
        del edges  # a large library has millions; they would be there twice
        before = clusters.count
        near = _join_near(clusters, near, cut, limit)
        if clusters.count == before or cut(clusters.count) >= limit:
            return
        edges = near + clusters.edges(far.first, far.second)


def _join_near(clusters: Clusters, edges: Edges, cut: Cut, limit: float) -> Edges:
    """Join best pairs until none reaches the cut or the cut falls below the limit; return the edges that are left."""
    while True:
        floor = cut(clusters.count)
        if floor < limit:
            return edges
        near = edges.reaching(floor)
        pairs = near.mutual(near.best())
        if not len(pairs.first):
            return edges
        clusters.join(pairs.first, pairs.second)
        edges = clusters.follow(edges, np.concatenate([pairs.first, pairs.second]))
