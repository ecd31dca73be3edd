"""What keeps clusters apart: what was said of them, for good, and photos that they share or a name, at a price.

One photo with two faces of one person (a collage, a poster, a mirror) would keep two halves of this person apart for
ever if sharing a photo were forbidden. So it only asks for more evidence.
"""

import numpy as np
from numpy.typing import NDArray

from engine.clustering.constraints import Pairs
from engine.clustering.joining import Ids

FIRST_PHOTO, NEXT_PHOTO = 4.0, 1.0
"""What the first photo that two clusters share costs, and each further one, in nats of evidence."""

NAMED = float(np.log(20))
"""What it costs to join somebody of whom the user spoke, in nats: of strays one in five may be there by chance
(`strays.WRONG`), among faces that bear a name one in a hundred. Nobody looks again at whom a name already says, and
whoever stays outside for it is suggested."""

NEVER = np.float32(np.inf)

_BITS = 32
"""A pair of clusters is one number, half of its bits for each."""


def price(photos: NDArray[np.integer]) -> NDArray[np.float32]:
    """Return what sharing so many photos (m,) costs, in nats, (m,) float32."""
    return np.where(photos > 0, FIRST_PHOTO + NEXT_PHOTO * (photos - 1), 0).astype(np.float32)


class Apart:
    """The pairs of clusters that may not join or pay for it; follows the clusters as they join."""

    def __init__(self, owners: Ids, never: Pairs, beside: Pairs) -> None:
        """Take for each cluster whose it is by the user's word (−1: nobody's), and pairs of clusters.

        `never` must stay apart; `beside` share a photo, once for each pair of faces.
        """
        self._owners = owners.copy()
        self._never, _ = _distinct(never, np.ones(len(never), np.int64))
        self._beside, self._photos = _distinct(beside, np.ones(len(beside), np.int64))

    def cost(self, first: Ids, second: Ids) -> NDArray[np.float32]:
        """Return what it costs each pair of clusters to be one, (m,) float32, `NEVER` where nothing pays for it."""
        keys = np.minimum(first, second) << _BITS | np.maximum(first, second)
        cost = np.zeros(len(keys), np.float32)
        if len(self._beside):
            place = np.minimum(np.searchsorted(self._beside, keys), len(self._beside) - 1)
            cost = np.where(self._beside[place] == keys, price(self._photos[place]), cost)
        if len(self._never):
            place = np.minimum(np.searchsorted(self._never, keys), len(self._never) - 1)
            cost[self._never[place] == keys] = NEVER
        owned = (self._owners[first] >= 0) & (self._owners[second] >= 0)
        cost[owned & (self._owners[first] != self._owners[second])] = NEVER
        return cost

    def price_of_names(self, first: Ids, second: Ids) -> NDArray[np.float32]:
        """Return what is asked beyond the cost of each pair of clusters of which one is somebody's, (m,) float32.

        It is no part of the cost, by which the best pairs come first: a refused face would take others away with it.
        """
        named = (self._owners[first] >= 0) != (self._owners[second] >= 0)
        return np.where(named, np.float32(NAMED), np.float32(0))

    def owners(self, clusters: Ids) -> Ids:
        """Return whose the clusters are by the user's word, −1 for nobody's."""
        owners: Ids = self._owners[clusters]
        return owners

    def joined(self, into: Ids, gone: Ids) -> None:
        """Follow a round of joins: the clusters `gone` (m,) have become part of `into` (m,), which stay."""
        np.maximum.at(self._owners, into, self._owners[gone])
        if len(self._never) or len(self._beside):
            became = np.arange(len(self._owners))
            became[gone] = into
            self._never, _ = _moved(self._never, np.ones(len(self._never), np.int64), became)
            self._beside, self._photos = _moved(self._beside, self._photos, became)

    def clashing(self, homes: Ids) -> Ids:
        """Return the clusters that have something between them and another of the same home.

        `homes` (clusters,) is where each would go, −1 where it stays.
        """
        found = [np.empty(0, np.int64)]
        for keys in (self._never, self._beside):
            first, second = _ends(keys)
            same = (homes[first] == homes[second]) & (homes[first] >= 0)
            found += [first[same], second[same]]
        return np.concatenate(found)

    def never_with(self) -> dict[int, set[int]]:
        """Return for each cluster those that it must not join whatever speaks for it."""
        partners: dict[int, set[int]] = {}
        first_ends, second_ends = _ends(self._never)
        for first, second in zip(first_ends.tolist(), second_ends.tolist(), strict=True):
            partners.setdefault(first, set()).add(second)
            partners.setdefault(second, set()).add(first)
        return partners


def _ends(keys: Ids) -> tuple[Ids, Ids]:
    """Return the two clusters of each key, the smaller number first."""
    return keys >> _BITS, keys & (1 << _BITS) - 1


def _distinct(pairs: Pairs, counts: Ids) -> tuple[Ids, Ids]:
    """Return the rising keys of the pairs (m, 2) of two clusters, each once, with the sum of their counts."""
    between = pairs[:, 0] != pairs[:, 1]
    keys = pairs.min(axis=1, initial=2**_BITS - 1) << _BITS | pairs.max(axis=1, initial=0)
    found, place = np.unique(keys[between], return_inverse=True)
    return found, np.bincount(place, counts[between], len(found)).astype(np.int64)


def _moved(keys: Ids, counts: Ids, became: Ids) -> tuple[Ids, Ids]:
    """Return the rising keys with their counts after each cluster c has become `became[c]`."""
    first, second = _ends(keys)
    pairs = np.column_stack([became[first], became[second]])
    left = (pairs[:, 0] != first) | (pairs[:, 1] != second)
    if not left.any():
        return keys, counts
    moved, further = _distinct(pairs[left], counts[left])
    keys, counts = keys[~left], counts[~left]
    place = np.searchsorted(keys, moved)
    there = np.zeros(len(moved), bool)
    inside = place < len(keys)
    there[inside] = keys[place[inside]] == moved[inside]
    counts[place[there]] += further[there]
    new = ~there
    return np.insert(keys, place[new], moved[new]), np.insert(counts, place[new], further[new])
