"""Two ways to place the same faces, compared: verification and grouping, with intervals over people drawn anew.

Both ways see the same pairs, and each draw of the people counts both, so that a difference is one of the ways and not
of who happens to be there.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.clustering.calibrate import measure_calibration
from engine.clustering.default import cluster
from engine.models.learned import Gain

Matrix = NDArray[np.float32]
Weights = NDArray[np.float64]

FALSE_ACCEPTS = 0.01
"""The share of pairs of two people that may reach the similarity at which pairs of one person are counted. Albums hold
too few pairs for a smaller one."""

MOST_DIFFERENT, MOST_SAME = 60_000, 20_000
ROUNDS = 300
MOST_JUDGED = 2_000
"""So many faces are judged of each kind, two of a person at least, however large the album is."""

MOST_OF_ONE = 20
"""Faces of one person that are grouped; more say little more, and grouping takes its time."""


@dataclass(frozen=True, slots=True)
class Placed:
    """The same faces, by their rows in the album, of people (n,), placed both ways, (n, d) unit vectors each."""

    rows: NDArray[np.intp]
    people: NDArray[np.integer]
    before: Matrix
    after: Matrix


class Verification:
    """Pairs of the faces of one set: drawn once, so that figures for other draws of people cost one pass."""

    def __init__(self, placed: Placed, everybody: NDArray[np.integer], seed: int) -> None:
        generator = np.random.default_rng(seed)
        place = np.searchsorted(everybody, placed.people)
        self._same = _Side(placed, place, *_some(*_of_one(place), MOST_SAME, generator))
        self._different = _Side(placed, place, *_some(*_of_two(place, generator), MOST_DIFFERENT, generator))

    def figures(self, weights: Weights) -> tuple[float, float]:
        """Return VAL before and after, with each person counted so many times; NaN where nothing is left."""
        same, different = self._same.weights(weights, twice=False), self._different.weights(weights, twice=True)
        if not same.sum() or not different.sum():
            return float("nan"), float("nan")
        values = []
        for way in range(2):
            reached = np.cumsum(different[self._different.orders[way]])
            row = int(np.searchsorted(reached, FALSE_ACCEPTS * reached[-1], side="right"))
            cut = self._different.cosines[way][self._different.orders[way][min(row, len(reached) - 1)]]
            values.append(float(same[self._same.cosines[way] > cut].sum() / same.sum()))
        return values[0], values[1]


class _Side:
    """Pairs of one kind: the places of both people, their cosines both ways, and the orders of these, falling."""

    def __init__(
        self, placed: Placed, place: NDArray[np.intp], first: NDArray[np.intp], second: NDArray[np.intp]
    ) -> None:
        self._first, self._second = place[first], place[second]
        self.cosines = [_cosines(way, first, second) for way in (placed.before, placed.after)]
        self.orders = [np.argsort(-cosines, kind="stable") for cosines in self.cosines]
        sizes = np.bincount(place)
        own = sizes[self._first].astype(np.float64)
        # A person with many photos counts by their root, as when similarities are calibrated.
        self._even = np.where(self._first == self._second, 1 / own, 1 / np.sqrt(own * sizes[self._second]))

    def weights(self, people: Weights, *, twice: bool) -> Weights:
        """Return how much each pair counts: pairs of two people by both."""
        weights: Weights = people[self._first] * self._even
        return weights * people[self._second] if twice else weights


def grouped(placed: Placed, others: Placed) -> tuple[Weights, Weights]:
    """Return BCubed precision and recall of each face, (n, 2) before and after, grouped as Kinfolk groups.

    What similarities mean either way is measured on `others`, so that no figure is judged by the faces it came from.
    """
    found = []
    for way, known in ((placed.before, others.before), (placed.after, others.after)):
        calibration = measure_calibration(known, others.people)
        alone = np.full(len(way), -1, np.int64)
        # Faces that are not told apart at all stay alone.
        labels = alone if calibration.complaint() else cluster(way, calibration=calibration).labels
        found.append(agreement(placed.people, labels))
    return found[0], found[1]


def agreement(people: NDArray[np.integer], labels: NDArray[np.integer]) -> Weights:
    """Return BCubed precision and recall of each face, (n, 2); a label below 0 is a cluster of one."""
    labels = np.where(labels < 0, labels.max(initial=0) + 1 + np.arange(len(labels)), labels)
    _, person = np.unique(people, return_inverse=True)
    _, group = np.unique(labels, return_inverse=True)
    cells = person.astype(np.int64) * (group.max() + 1) + group
    _, cell, both = np.unique(cells, return_inverse=True, return_counts=True)
    shared = both[cell]
    return np.column_stack([shared / np.bincount(group)[group], shared / np.bincount(person)[person]])


def verified_gain(sets: Sequence[Verification], people: int, level: float, seed: int) -> Gain:
    """Return VAL before and after, averaged over sets that share their people, and the interval of the difference."""

    def figures(drawn: Weights) -> NDArray[np.float64]:
        found = np.array([each.figures(drawn) for each in sets])
        there = found[np.isfinite(found[:, 0])]
        return there.mean(axis=0) if len(there) else np.full(2, np.nan)

    return _gain(figures, people, level, seed)


def grouped_gain(
    sets: Sequence[tuple[NDArray[np.intp], Weights, Weights]], people: int, level: float, seed: int
) -> Gain:
    """Return F before and after over sets of (place of each face's person, `grouped`'s two), and the interval."""
    place, before, after = (np.concatenate(parts) for parts in zip(*sets, strict=True))

    def figures(drawn: Weights) -> NDArray[np.float64]:
        weights = drawn[place]
        means = np.array([weights @ before, weights @ after]) / max(weights.sum(), 1e-9)
        result: NDArray[np.float64] = 2 * means.prod(axis=1) / np.maximum(means.sum(axis=1), 1e-9)
        return result

    return _gain(figures, people, level, seed)


def _gain(figures: Callable[[Weights], NDArray[np.float64]], people: int, level: float, seed: int) -> Gain:
    before, after = figures(np.ones(people))
    draws = np.random.default_rng(seed).multinomial(people, np.full(people, 1 / people), size=ROUNDS)
    changes = np.array([np.subtract(*figures(drawn.astype(np.float64))[::-1]) for drawn in draws])
    changes = changes[np.isfinite(changes)]
    low, high = np.quantile(changes, [(1 - level) / 2, (1 + level) / 2])
    return Gain(round(float(before), 4), round(float(after), 4), round(float(low), 4), round(float(high), 4))


def _of_one(place: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return all pairs of rows of one person."""
    none = np.empty(0, np.intp)
    firsts, seconds = [none], [none]
    for person in np.unique(place):
        rows = np.flatnonzero(place == person)
        first, second = np.triu_indices(len(rows), 1)
        firsts.append(rows[first])
        seconds.append(rows[second])
    return np.concatenate(firsts), np.concatenate(seconds)


def _of_two(place: NDArray[np.intp], generator: np.random.Generator) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return pairs of rows of two people: all of them, or of many faces some that are drawn."""
    count = len(place)
    if count <= MOST_JUDGED:
        first, second = np.triu_indices(count, 1)
    else:
        first, second = generator.integers(0, count, (2, 2 * MOST_DIFFERENT))
    apart = place[first] != place[second]
    return first[apart], second[apart]


def _some(
    first: NDArray[np.intp], second: NDArray[np.intp], most: int, generator: np.random.Generator
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    if len(first) <= most:
        return first, second
    rows = generator.choice(len(first), most, replace=False)
    return first[rows], second[rows]


def _cosines(vectors: Matrix, first: NDArray[np.intp], second: NDArray[np.intp]) -> NDArray[np.float32]:
    result: NDArray[np.float32] = np.einsum("ij,ij->i", vectors[first], vectors[second])
    return result
