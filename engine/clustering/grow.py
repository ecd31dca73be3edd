"""Groups that grow by joining whoever are each other's best match, while chance does not explain the match."""

from collections.abc import Callable

import numpy as np

from engine.clustering.groups import SURE, Groups
from engine.clustering.joining import Edges
from engine.clustering.neighbours import EXACT_UP_TO, Vectors

Need = Callable[[int], float]
"""The evidence, in nats, that two groups need to join while this many are left; falls with the number."""

NEIGHBOURS = 16
"""How many others each group looks at whenever the graph is built anew."""

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
    surely = groups.evidence_of(SURE)
    while _grow(groups, lambda left: max(need(left), surely)) > _MOST:
        pass
    groups.measure_common(elsewhere)
    while _grow(groups, need):
        groups.measure_common(elsewhere)


def _grow(groups: Groups, need: Need) -> float:
    """Join groups along one graph; return the share that has gone."""
    before = groups.count
    if before < 2:
        return 0.0
    edges = groups.nearby(NEIGHBOURS)
    _join_along(groups, edges.kept(edges.strength >= need(before) - _SLACK), need)
    return 1 - groups.count / before


def _join_along(groups: Groups, edges: Edges, need: Need) -> None:
    """Join best pairs along the edges, in place, until none has enough evidence or many groups have gone."""
    least = groups.count * (_ANEW if groups.count <= EXACT_UP_TO else _LARGE)
    while groups.count > least:
        rows = edges.best(need(groups.count))
        if not len(rows):
            return
        first, second = edges.first[rows], edges.second[rows]
        groups.join(first, second)
        edges = groups.follow(edges, np.concatenate([first, second]))
