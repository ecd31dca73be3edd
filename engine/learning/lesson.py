"""A lesson: ways to place faces are learnt from named people, judged, and the best that passes is learnt from all.

First the plain ways, which know no names: centring and whitening. Then the adapter, on top of the plain way that
passed best, which has to be worth something beyond it: so names that mean nothing can never pass for learning.
"""

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from engine.adapter import Adapter
from engine.learning.baselines import centred, whitened
from engine.learning.folds import Fold, folds
from engine.learning.gate import Judged, Place, accepted, gains, judged
from engine.learning.judging import Verification
from engine.learning.mv_am import AdapterFit
from engine.learning.points import Point
from engine.models.learned import Gains
from engine.progress import Progress, Workflow
from engine.similarity import Calibration
from engine.words import sentence

Matrix = NDArray[np.float32]


class Way(StrEnum):
    """How faces are placed anew."""

    CENTRED = "centred"
    WHITENED = "whitened"
    ADAPTER = "adapter"
    NETWORK = "network"


@dataclass(frozen=True, slots=True)
class Album:
    """Faces that people have confirmed: vectors (n, d) where they are compared now, people (n,) and days (n,).

    `others` (u, d) are faces of whoever else there is, whose names nobody said.
    """

    vectors: Matrix
    people: NDArray[np.int64]
    days: NDArray[np.int64]
    others: Matrix

    def rows(self, rows: NDArray[np.intp]) -> Matrix:
        """Return the vectors of rows."""
        return self.vectors[rows]


@dataclass(frozen=True, slots=True)
class Tried:
    """A way that was judged: against the faces as they were, and, for the adapter, against the plain way below it."""

    way: Way
    gains: Gains
    accepted: bool
    folds: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """What came of it: the map that is to be used, what it means for similarities, and how it was judged.

    `adapter` is None where nothing gains measurably. `best` is what is used, or else what came closest.
    """

    best: Tried
    tried: tuple[Tried, ...]
    adapter: Adapter | None = None
    calibration: Calibration | None = None


@dataclass(slots=True)
class _Rounds:
    """What is kept of the rounds while ways are tried: one map a fold."""

    album: Album
    folds: list[Fold]
    total: int
    done: int = 0
    plain: list[Adapter] = field(default_factory=list)

    def place(self, adapter: Adapter) -> Place:
        return lambda rows: adapter.placed(self.album.vectors[rows])

    def report(self, text: str) -> Progress:
        """Say how far all rounds are."""
        return Progress("learn", 100 * self.done // self.total, 100, text)

    def library(self, fold: Fold) -> Matrix:
        """Return all vectors but those that judge."""
        return np.concatenate([self.album.vectors[fold.learnt], self.album.others])


def learn(album: Album, seed: int = 0) -> Workflow[Lesson]:
    """Try all ways in rounds of people and days, judge them, and learn the best again from all faces.

    Yields `Point`s with stage "learn". Everything is drawn by `seed`. Raises ValueError for fewer than four people.
    """
    rounds = _Rounds(album, folds(album.people, album.days, seed), 0)
    rounds.total = len(rounds.folds) + 4
    tried = []
    for way, made in ((Way.CENTRED, centred), (Way.WHITENED, whitened)):
        yield rounds.report(way)
        maps = [made(rounds.library(fold)) for fold in rounds.folds]
        tried.append(((yield from _tried(way, rounds, maps)), maps))
        rounds.done += 1
    passed = [one for one in tried if one[0].accepted]
    plain, rounds.plain = max(passed, key=_worth) if passed else (None, [])
    adapter = yield from _adapter(rounds, seed)
    everything = (*(one for one, _ in tried), adapter)
    if not adapter.accepted and plain is None:
        return Lesson(max(everything, key=lambda one: one.gains.known_verified.change), everything)
    best = adapter if adapter.accepted or plain is None else plain
    final = yield from _final(rounds, best.way, None if plain is None else plain.way, seed)
    return Lesson(best, everything, final, best.folds[0].calibration())


def _worth(tried: "tuple[Tried, list[Adapter]]") -> float:
    return tried[0].gains.known_verified.after + tried[0].gains.known_grouped.after


def _tried(way: Way, rounds: _Rounds, maps: list[Adapter]) -> Workflow[Tried]:
    people = rounds.album.people
    pairs = zip(rounds.folds, maps, strict=True)
    found = tuple(judged(people, fold, rounds.album.rows, rounds.place(adapter)) for fold, adapter in pairs)
    worth = yield from gains(found, rounds.report(sentence("judging")))
    return Tried(way, worth, accepted(worth), found)


def _adapter(rounds: _Rounds, seed: int) -> Workflow[Tried]:
    """Learn the adapter in every round and judge it, also against the plain way that it stands on."""
    maps: list[Adapter] = []
    for number, fold in enumerate(rounds.folds):
        below = rounds.plain[number] if rounds.plain else None
        maps.append((yield from _fit(rounds, fold, below, number, seed)))
        rounds.done += 1
    found = yield from _tried(Way.ADAPTER, rounds, maps)
    rounds.done += 1
    if not found.accepted or not rounds.plain:
        return found
    people, beyond = rounds.album.people, []
    for fold, plain, adapter in zip(rounds.folds, rounds.plain, maps, strict=True):
        beyond.append(judged(people, fold, rounds.place(plain), rounds.place(adapter)))
    further = yield from gains(beyond, rounds.report(sentence("judging")))
    return Tried(found.way, found.gains, accepted(further), found.folds)


def _fit(rounds: _Rounds, fold: Fold, below: Adapter | None, number: int, seed: int) -> Workflow[Adapter]:
    """Learn from a fold's faces on top of the map below, and return both as one map."""
    album = rounds.album
    taught, others = album.vectors[fold.learnt], album.others
    if below is not None:
        taught, others = below.placed(taught), below.placed(others)
    fit = AdapterFit(taught, album.people[fold.learnt], others, seed=seed + number)
    for step in fit.steps():
        whole = fit.adapter if below is None else below.then(fit.adapter)
        val = _validation(album, fold, whole)
        done = rounds.done + step.done / step.total
        yield Point("learn", int(100 * done / rounds.total), 100, Way.ADAPTER, {}, number, step.loss, val)
    return fit.adapter if below is None else below.then(fit.adapter)


def _validation(album: Album, fold: Fold, adapter: Adapter) -> float:
    """Return VAL on the unseen days; NaN in the last round, which leaves none."""
    if not len(fold.unseen):
        return float("nan")
    placed = judged(album.people, fold, album.rows, lambda rows: adapter.placed(album.vectors[rows])).unseen
    known = np.unique(placed.people)
    return Verification(placed, known, 0).figures(np.ones(len(known)))[1]


def _final(rounds: _Rounds, way: Way, plain: Way | None, seed: int) -> Workflow[Adapter]:
    """Learn the chosen way once more, from every face of the album."""
    album = rounds.album
    everything = Fold(np.arange(len(album.people)), np.empty(0, np.intp), np.empty(0, np.intp))
    below = None
    if plain is not None:
        below = (centred if plain is Way.CENTRED else whitened)(rounds.library(everything))
    if way is not Way.ADAPTER and below is not None:
        return below
    return (yield from _fit(rounds, everything, below, len(rounds.folds), seed))
