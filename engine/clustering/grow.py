"""Groups that grow by joining whoever are each other's best match, while chance does not explain the match."""

from collections.abc import Callable

import numpy as np

from engine.clustering.followers import next_joins
from engine.clustering.graph import Graph
from engine.clustering.groups import SURE, Groups
from engine.clustering.neighbours import EXACT_UP_TO, Vectors

Need = Callable[[int], float]
"""The evidence, in nats, that two groups need to join while this many are left; falls with the number."""

_SLACK = 5.0
"""Edges that lack more evidence than this are not followed: the next graph finds those that have come to matter."""

_ANEW = 0.6
"""The graph is built anew when so much of the groups is left: means that grow come nearer to others than before."""

_LARGE = 0.3
"""The same where there are so many groups that their neighbours take most of the time."""

_MOST = 0.1
"""Those who are surely one person are joined until a graph brings so little: the rest joins with the others."""


def grow(groups: Groups, need: Need, elsewhere: Vectors | None = None) -> None:
    """Join groups, in place, until no two neighbours have the evidence that is needed.

    First those that are surely one person, since what a group has in common with everybody shows only when most faces
    of a person stand together. `elsewhere` as for `Groups.measure_common`.
    """
    graph, surely = Graph(groups), groups.evidence_of(SURE)
    while _grow(graph, lambda left: max(need(left), surely)) > _MOST:
        pass
    groups.measure_common(elsewhere)
    while _grow(graph, need):
        groups.measure_common(elsewhere)


def _grow(graph: Graph, need: Need) -> float:
    """Join groups along the renewed graph; return the share that has gone."""
    before = graph.groups.count
    if before < 2:
        return 0.0
    graph.renew()
    graph.edges = graph.edges.reaching(need(before) - _SLACK)
    _join_along(graph, need)
    return 1 - graph.groups.count / before


def _join_along(graph: Graph, need: Need) -> None:
    """Join best pairs along the edges, in place, until none has enough evidence or many groups have gone."""
    groups = graph.groups
    least = groups.count * (_ANEW if groups.count <= EXACT_UP_TO else _LARGE)
    while groups.count > least:
        edges = graph.edges.reaching(need(groups.count))
        dear = need(groups.count) + groups.apart.price_of_names(edges.first, edges.second)
        into, gone = next_joins(edges.kept(edges.strength >= dear), groups.sizes, groups.apart)
        if not len(gone):
            return
        groups.join(into, gone)
        graph.edges = groups.follow(graph.edges, np.concatenate([into, gone]))
