"""Strays: single faces and small groups that join a settled group, and faces too poor to have started one."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.clustering.apart import price
from engine.clustering.groups import Groups
from engine.clustering.joining import Ids
from engine.clustering.neighbours import FINE_CODES, NeighbourIndex, Vectors
from engine.similarity import Calibration

SETTLED = 3
"""A group of at least this many faces takes strays in; smaller ones are strays themselves."""

RATIO = 3
"""A stray is at most one such part of the group that takes it in."""

WRONG = 0.2
"""The share of strays that may be expected to join by chance alone, of all that join."""

LOWEST_SHARE = 0.03
"""However few strays and settled groups there are, at most this share of strangers is as alike as is asked."""

MARGIN = 0.08
"""By how much a stray must be more like one settled group than the next, as a cosine."""

_CANDIDATES = 4


@dataclass(frozen=True, slots=True)
class Offers:
    """The best settled group for each stray, how alike they are and how like the runner-up, (m,) each."""

    strays: Ids
    targets: Ids
    similarity: NDArray[np.float32]
    second: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What is not part of a run and bears on it all the same.

    `count` groups stand by as people, `some` (e, d) are unit means of some of them, and `homes` of them are settled. Of
    `strays` faces elsewhere that started no group `joined` are with one.
    """

    count: int
    some: Vectors
    homes: int = 0
    strays: int = 0
    joined: int = 0


def stray_evidence(found: NDArray[np.float32], homes: int, strays: int = 0, joined: int = 0) -> float:
    """Return the evidence, in nats, from which strays may join, given the best evidence that each has, (m,).

    Where nearly all strays are of nobody (a crowd), more is asked than where many are somebody's: by the false
    discovery rate of Benjamini and Hochberg (1995), each stray having as many chances as there are settled `homes`. Of
    other `strays`, so many `joined` before.
    """
    chance = np.log(max(homes, 1)) - np.sort(found)[::-1]
    allowed = np.log(WRONG * (np.arange(1, len(found) + 1) + joined) / max(len(found) + strays, 1))
    passed = np.flatnonzero(chance <= allowed)
    least = allowed[passed[-1] if len(passed) else 0] if len(found) else 0.0
    return max(float(np.log(max(homes, 1)) - least), -float(np.log(LOWEST_SHARE)))


def settled(groups: Groups) -> Ids:
    """Return the groups that are large enough to take others in, or that the user has named."""
    alive = groups.alive
    named = groups.apart.owners(alive) >= 0
    large: Ids = alive[(groups.sizes[alive] >= SETTLED) | named]
    return large


def take_in(groups: Groups, photos: Ids | None, calibration: Calibration, elsewhere: Elsewhere | None = None) -> None:
    """Join strays, in place, to the settled group that they are like beyond chance; better offers come first.

    `photos` (n,) are those of the rows. Each photo that a stray shares with the group, also through strays that have
    just joined it, asks for more evidence; what must stay apart stays apart. Settled groups and strays that are
    `elsewhere` count for the chances.
    """
    homes = settled(groups)
    offers = best_offers(groups, homes)
    evidence = calibration.surprise(offers.similarity)
    beside = elsewhere or Elsewhere(0, groups.means(homes[:0]))
    evidence -= stray_evidence(evidence, len(homes) + beside.homes, beside.strays, beside.joined)
    evidence -= groups.apart.price_of_names(offers.strays, offers.targets)
    good = np.flatnonzero((evidence >= 0) & (offers.similarity - offers.second >= MARGIN))
    order = good[np.argsort(-offers.similarity[good], kind="stable")]
    seen = _Seen(groups, photos, np.concatenate([offers.strays[good], offers.targets[good]]))
    for row in order.tolist():
        stray, target = int(offers.strays[row]), int(offers.targets[row])
        if evidence[row] >= seen.cost(stray, target):
            seen.join(stray, target)


def best_offers(groups: Groups, homes: Ids) -> Offers:
    """Compare every stray with the settled groups and return the best of each that is large enough for it."""
    alive = groups.alive
    strays = alive[~np.isin(alive, homes)]
    if not len(homes) or not len(strays):
        none = np.empty(0, np.int64)
        return Offers(none, none, np.empty(0, np.float32), np.empty(0, np.float32))
    found = NeighbourIndex(groups.means(homes), packing=FINE_CODES).search(groups.means(strays), _CANDIDATES)
    targets = homes[np.maximum(found.indices, 0)]
    fits = groups.sizes[strays] * RATIO <= groups.sizes[targets[:, 0]]
    named = groups.apart.owners(targets[:, 0]) >= 0
    best, second = (groups.beyond_common(found.similarities[:, one], strays, targets[:, 0]) for one in (0, 1))
    possible = (found.indices[:, 0] >= 0) & (fits | named)
    return Offers(strays, targets[:, 0], np.where(possible, best, np.float32(-1)), second)


class _Seen:
    """Which photos each group is seen in, while strays join; only of the groups `asked` about."""

    def __init__(self, groups: Groups, photos: Ids | None, asked: Ids) -> None:
        self._groups, self._never = groups, groups.apart.never_with()
        self._photos: dict[int, set[int]] = {}
        if photos is None:
            return
        labels = groups.labels
        rows = np.flatnonzero(np.isin(labels, asked) & (photos >= 0))
        for label, photo in zip(labels[rows].tolist(), photos[rows].tolist(), strict=True):
            self._photos.setdefault(label, set()).add(photo)

    def cost(self, stray: int, target: int) -> float:
        """Return what it costs the stray to join, in nats, infinite where it must not."""
        if target in self._never.get(stray, ()):
            return float("inf")
        shared = self._photos.get(stray, set()) & self._photos.get(target, set())
        return float(price(np.array([len(shared)]))[0])

    def join(self, stray: int, target: int) -> None:
        """Join them and remember where the stray is seen and whom it must not meet."""
        self._photos.setdefault(target, set()).update(self._photos.get(stray, ()))
        for other in self._never.pop(stray, ()):
            self._never.setdefault(other, set()).add(target)
            self._never.setdefault(target, set()).add(other)
        self._groups.hand_over(stray, target)
