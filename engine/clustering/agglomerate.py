"""Clusters that grow by joining: average linkage over unit embeddings, limited to neighbours.

The average similarity of two clusters is the inner product of their mean vectors, so a cluster is kept as a mean and a
weight. Each round joins all pairs of clusters that are each other's best neighbour (reciprocal nearest
neighbours, Murtagh 1983; average linkage is reducible, so the order of such joins does not change the tree). Candidates
come from the nearest-neighbour graph of the faces and, when that is used up, from a new graph over the clusters.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from engine.clustering.clusters import Clusters, Edges, Ids
from engine.clustering.neighbours import NeighbourIndex

Cut = Callable[[int], float]
"""The lowest average similarity at which two clusters may join while this many are left; falls with the number."""

_SLACK = 0.02


def average_linkage(clusters: Clusters, cut: Cut, neighbours: int = 16) -> None:
    """Join clusters, in place, until no two neighbours are on average as similar as the cut for the clusters left.

    `neighbours` is how many candidates each cluster looks at whenever the graph is built anew.
    """
    while clusters.count > 1:
        before = clusters.count
        join_along(clusters, _edges_nearby(clusters, neighbours), cut)
        if clusters.count == before:
            return


def _edges_nearby(clusters: Clusters, neighbours: int) -> Edges:
    """Return the edges between each cluster and the others nearest to its mean."""
    alive = clusters.alive
    means = clusters.means if len(alive) == len(clusters.means) else clusters.means[alive]
    found = NeighbourIndex(means).neighbours_of(np.arange(len(alive)), neighbours).indices.ravel()
    known = found >= 0
    return clusters.edges(np.repeat(alive, neighbours)[known], alive[found[known]])


def join_along(clusters: Clusters, edges: Edges, cut: Cut) -> None:
    """Join best pairs along the edges, in place, until none of them reaches the cut.

    Only edges near the cut are followed; the average of two clusters cannot exceed that of their parts, so the others
    are looked at again when the cut has come down to them.
    """
    while True:
        limit = cut(clusters.count) - _SLACK
        near, far = edges.kept(edges.similarity >= limit), edges.kept(edges.similarity < limit)
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
        rows = np.flatnonzero(edges.similarity >= floor)
        near = edges.kept(rows)
        rows = rows[mutual_best(near.first, near.second, near.similarity)]
        if not len(rows):
            return edges
        changed = np.zeros(len(clusters.means), bool)
        changed[edges.first[rows]] = True
        changed[edges.second[rows]] = True
        clusters.join(edges.first[rows], edges.second[rows])
        dropped = np.zeros(len(edges.first), bool)
        dropped[rows] = True
        edges = _follow(clusters, edges.kept(~dropped), changed)


def _follow(clusters: Clusters, edges: Edges, changed: NDArray[np.bool_]) -> Edges:
    """Carry edges over to the joined clusters; only those that touch a changed cluster are measured again."""
    touched = changed[edges.first] | changed[edges.second]
    if not touched.any():
        return edges
    return edges.kept(~touched) + clusters.edges(edges.first[touched], edges.second[touched])


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
