"""What keeps clusters apart: what was said of them, for good, and the photos that they share, at a price.

One photo with two faces of one person (a collage, a poster, a mirror) would keep two halves of this person apart for
ever if sharing a photo were forbidden. So it only asks for more evidence.
"""

import numpy as np
from numpy.typing import NDArray

from engine.clustering.constraints import Pairs
from engine.clustering.joining import Ids

FIRST_PHOTO, NEXT_PHOTO = 4.0, 1.0
"""What the first photo that two clusters share costs, and each further one, in nats of evidence."""

NEVER = np.float32(np.inf)


def price(photos: NDArray[np.integer]) -> NDArray[np.float32]:
    """Return what sharing so many photos (m,) costs, in nats, (m,) float32."""
    return np.where(photos > 0, FIRST_PHOTO + NEXT_PHOTO * (photos - 1), 0).astype(np.float32)


class Apart:
    """The pairs of clusters that may not join or pay for it; follows the clusters as they join."""

    def __init__(self, owners: Ids, never: Pairs, beside: Pairs) -> None:
        """Take for each cluster whose it is by the user's word (−1: nobody's), and pairs of clusters.

        `never` must stay apart; `beside` share a photo, once for each pair of faces.
        """
        self._owners, self._size = owners.copy(), max(len(owners), 1)
        self._never, _ = self._distinct(never, np.ones(len(never), np.int64))
        self._beside, self._photos = self._distinct(beside, np.ones(len(beside), np.int64))

    def cost(self, first: Ids, second: Ids) -> NDArray[np.float32]:
        """Return what it costs each pair of clusters to be one, (m,) float32, `NEVER` where nothing pays for it."""
        keys = np.minimum(first, second) * self._size + np.maximum(first, second)
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

    def owners(self, clusters: Ids) -> Ids:
        """Return whose the clusters are by the user's word, −1 for nobody's."""
        owners: Ids = self._owners[clusters]
        return owners

    def joined(self, into: Ids) -> None:
        """Follow a round of joins: cluster c has become part of `into[c]`, itself where it stays."""
        np.maximum.at(self._owners, into, self._owners.copy())
        self._never, _ = self._moved(self._never, np.ones(len(self._never), np.int64), into)
        self._beside, self._photos = self._moved(self._beside, self._photos, into)

    def never_with(self) -> dict[int, set[int]]:
        """Return for each cluster those that it must not join whatever speaks for it."""
        partners: dict[int, set[int]] = {}
        for key in self._never.tolist():
            first, second = divmod(key, self._size)
            partners.setdefault(first, set()).add(second)
            partners.setdefault(second, set()).add(first)
        return partners

    def _moved(self, keys: Ids, counts: Ids, into: Ids) -> tuple[Ids, Ids]:
        if not len(keys):
            return keys, counts
        first, second = into[keys // self._size], into[keys % self._size]
        return self._distinct(np.column_stack([first, second]), counts)

    def _distinct(self, pairs: Pairs, counts: Ids) -> tuple[Ids, Ids]:
        """Return the rising keys of the pairs, each once, with the sum of their counts."""
        between = pairs[:, 0] != pairs[:, 1]
        keys = pairs.min(axis=1, initial=self._size) * self._size + pairs.max(axis=1, initial=0)
        found, place = np.unique(keys[between], return_inverse=True)
        return found, np.bincount(place, counts[between], len(found)).astype(np.int64)
