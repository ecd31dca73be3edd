"""Which groups join next: each other's best, and all at once those to whom a much larger group is the best.

One after the other these would take as many rounds as the largest group has faces, and each round looks at all others.
A group of many more faces is hardly another with each that it takes in.
"""

import numpy as np

from engine.clustering.apart import Apart
from engine.clustering.joining import Edges, Ids

MANY_MORE = 8
"""How many times as many faces a group has whom others may follow."""


def next_joins(edges: Edges, sizes: Ids, apart: Apart) -> tuple[Ids, Ids]:
    """Return the groups into which others go, and those others, (m,) each; who is taken in takes nobody in.

    `edges` are those that reach what is needed, `sizes` the faces of each group. Of followers of one group that have
    something between them, or are named, only the one that is the best of both sides goes.
    """
    best = edges.best()
    pairs = edges.mutual(best)
    homes = _best_much_larger(edges, sizes, best)
    first_follows, second_follows = homes[pairs.first] == pairs.second, homes[pairs.second] == pairs.first
    alike = ~(first_follows | second_follows)
    sure, taking = _turned(pairs, first_follows, second_follows)
    homes[taking] = -1
    homes[pairs.first[alike]] = homes[pairs.second[alike]] = -1
    waits = homes >= 0  # for a home that itself goes into another first
    waits[pairs.first[alike]] = waits[pairs.second[alike]] = True
    waits[taking[apart.owners(sure) >= 0]] = True  # and for one that is about to bear a name
    followers = np.flatnonzero(homes >= 0)
    homes[followers[waits[homes[followers]] | (apart.owners(followers) >= 0)]] = -1
    homes[sure] = taking
    homes[apart.clashing(homes)] = -1
    homes[sure] = taking
    followers = np.flatnonzero(homes >= 0)
    into = np.concatenate([pairs.first[alike], homes[followers]])
    return into, np.concatenate([pairs.second[alike], followers])


def _best_much_larger(edges: Edges, sizes: Ids, best: np.ndarray) -> Ids:
    """Return the best of each group where that has many more faces, −1 where not, (groups,)."""
    homes = np.full(len(sizes), -1)
    for large, small in ((edges.first, edges.second), (edges.second, edges.first)):
        rows = np.flatnonzero((edges.strength == best[small]) & (sizes[large] >= MANY_MORE * sizes[small]))
        homes[small[rows]] = large[rows]
    return homes


def _turned(pairs: Edges, first_follows: np.ndarray, second_follows: np.ndarray) -> tuple[Ids, Ids]:
    """Return the small groups of the pairs of which one follows the other, and whom they follow."""
    small = np.concatenate([pairs.first[first_follows], pairs.second[second_follows]])
    return small, np.concatenate([pairs.second[first_follows], pairs.first[second_follows]])
