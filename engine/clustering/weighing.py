"""How likely a yes is to the question whether two sides are one person, and whether it is worth asking."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.clustering.answer_probability import leaning
from engine.clustering.candidates import Candidates
from engine.clustering.expecting import Alike, chances, without
from engine.clustering.likeness import Gallery
from engine.clustering.questions import Answers, Sorted, face_key, people_key, told_keys
from engine.clustering.told import told_pairs
from engine.clustering.wanted import RARELY, Wanted
from engine.faces.quality import LOW_QUALITY
from engine.similarity import Calibration

_LEAST_ALIKE = float(np.log(0.1 / 0.9))
"""In nats, at equal odds. One pair of strangers in fourteen is this alike; what is less so is not looked at."""

_LEAST_OF_TWO_NAMES = 0.9
"""Two people with different names are asked about from this likelihood on: one may have been named twice."""

_SAME_PHOTO_FACTOR = 0.1
"""Who shares a photo is hardly one."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """Pairs to ask about, (m,) each: the chance of a yes, and whether they share a photo or have but `poor` faces."""

    pairs: Candidates
    chance: NDArray[np.float64]
    shared: NDArray[np.bool_]
    poor: NDArray[np.bool_]

    @property
    def worth(self) -> NDArray[np.float64]:
        """How many faces each question can be expected to settle, (m,)."""
        return self.chance * self.pairs.settles

    def __add__(self, other: "Weighed") -> "Weighed":
        """Return these and then the others."""
        return Weighed(
            self.pairs + other.pairs,
            np.concatenate([self.chance, other.chance]),
            np.concatenate([self.shared, other.shared]),
            np.concatenate([self.poor, other.poor]),
        )

    def at(self, rows: NDArray[np.intp]) -> "Weighed":
        """Return the pairs at these rows."""
        return Weighed(self.pairs.at(rows), self.chance[rows], self.shared[rows], self.poor[rows])

    def likely(self, least: float) -> "Weighed":
        """Return the pairs that are at least so likely."""
        return self.at(np.flatnonzero(self.chance >= least))

    def are_enough(self, worth: float, wanted: Wanted) -> bool:
        """Say whether as many as are wanted of everybody come before whatever else is worth at most so much."""
        good = (self.worth > worth) & ~self.poor & (self.chance >= wanted.least)
        return wanted.about is None and int(good.sum()) >= wanted.limit


class Weighing:
    """What the pairs of one state are weighed by."""

    def __init__(self, state: Sorted, gallery: Gallery, answers: Answers, calibration: Calibration) -> None:
        self._state, self._gallery, self._answers, self._calibration = state, gallery, answers, calibration
        known = state.people >= 0
        self._best = np.zeros(int(state.people.max(initial=0)) + 1, np.float32)
        np.maximum.at(self._best, state.people[known], state.quality[known])
        self._doubted = np.zeros(len(known), bool) if state.doubted is None else state.doubted
        self._nobody = np.ones(len(self._best), bool)
        self._nobody[state.people[known & ~self._doubted]] = False
        owners = state.people[answers.rejected[:, 0]].tolist()
        refused = {people_key(*pair) for pair in zip(owners, answers.rejected[:, 1].tolist(), strict=True)}
        self._settled = told_keys(answers) | refused
        self._told = told_pairs(state, gallery, self._best, answers, calibration)

    def weigh(self, pairs: Candidates) -> Weighed:
        """Return those that may be asked about at all; `pairs` are all that there are of each first side."""
        count, people = len(np.unique(_subjects(pairs))), len(self._gallery.people)
        nats = self._calibration.logits(pairs.likeness, *self._qualities(pairs), self._sizes(pairs))
        pairs = pairs.at(np.flatnonzero(nats >= _LEAST_ALIKE))
        pairs = pairs.at(np.flatnonzero(self._is_open(pairs) & ~self._perhaps_nobody(pairs)))
        chance = self._chances(pairs, count, people)
        likely = np.flatnonzero(chance >= RARELY)
        pairs, chance = pairs.at(likely), chance[likely]
        shared = _share_photo(self._state, self._gallery, pairs)
        chance = np.where(shared, chance * _SAME_PHOTO_FACTOR, chance)
        worth = np.flatnonzero((chance >= RARELY) & ~_named_apart(pairs, chance, self._answers))
        pairs = pairs.at(worth)
        return Weighed(pairs, chance[worth], shared[worth], np.minimum(*self._qualities(pairs)) < LOW_QUALITY)

    def _chances(self, pairs: Candidates, count: int, people: int) -> NDArray[np.float64]:
        """Return how likely the two of each pair are one person, (m,): as expected, and moved by what was said."""
        alike = Alike(pairs.likeness, *self._qualities(pairs), self._sizes(pairs), _subjects(pairs))
        told, every = self._told, alike + self._told.pairs
        others = np.setdiff1d(told.pairs.subjects, alike.subjects)
        expected = chances(every, self._calibration, count + len(others), people)
        said = expected[len(alike.subjects) :]
        asked = said >= RARELY
        lean = leaning(said[asked], told.same[asked], told.weight[asked])
        refused = np.concatenate([np.zeros(len(alike.subjects), bool), ~told.same])
        return lean.moved(without(expected, every.subjects, refused)[: len(alike.subjects)])

    def _sizes(self, pairs: Candidates) -> NDArray[np.int64]:
        """Return how many faces the larger side of each pair has, (m,)."""
        return self._gallery.sizes[self._gallery.rank(pairs.others)] if len(pairs.others) else pairs.others

    def _qualities(self, pairs: Candidates) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return the quality of either side of each pair, (m,); a person is worth as much as the best face."""
        first = np.where(pairs.alone, self._state.quality[pairs.faces], self._best[pairs.people])
        return first, self._best[pairs.others]

    def _perhaps_nobody(self, pairs: Candidates) -> NDArray[np.bool_]:
        """Mark the pairs of which a side has nothing but what is perhaps no face, (m,) bool."""
        first = np.where(pairs.alone, self._doubted[pairs.faces], self._nobody[pairs.people])
        return np.asarray(first | self._nobody[pairs.others], np.bool_)

    def _is_open(self, pairs: Candidates) -> NDArray[np.bool_]:
        """Mark the pairs that were not asked before, refused, or told apart, (m,) bool."""
        columns = (pairs.alone, pairs.faces, pairs.people, pairs.others)
        rows = zip(*(column.tolist() for column in columns), strict=True)
        keys = (face_key(face, other) if alone else people_key(person, other) for alone, face, person, other in rows)
        return np.fromiter((key not in self._settled for key in keys), bool, len(pairs.others))


def _subjects(pairs: Candidates) -> NDArray[np.int64]:
    """Return who the first side of each pair is, (m,): a face, or a person, below zero."""
    return np.where(pairs.alone, pairs.faces, -1 - pairs.people)


def _named_apart(pairs: Candidates, chance: NDArray[np.float64], answers: Answers) -> NDArray[np.bool_]:
    """Mark the pairs of two people with different names who are not all but surely one, (m,) bool.

    Somebody told them apart by the names, and a yes would settle no face.
    """
    names = [answers.names.get(person) for person in pairs.people.tolist()]
    others = [answers.names.get(person) for person in pairs.others.tolist()]
    told = [one is not None and two is not None and one != two for one, two in zip(names, others, strict=True)]
    return np.array(told, bool) & ~pairs.alone & (chance < _LEAST_OF_TWO_NAMES)


def _share_photo(state: Sorted, gallery: Gallery, pairs: Candidates) -> NDArray[np.bool_]:
    """Say for each pair whether both sides are seen in one photo, (m,) bool."""
    people = np.unique(np.concatenate([pairs.people[~pairs.alone], pairs.others])).tolist()
    photos = {person: set(state.faces.photos[gallery.members(person)].tolist()) - {-1} for person in people}
    found = np.zeros(len(pairs.others), bool)
    for row, other in enumerate(pairs.others.tolist()):
        alone = {int(state.faces.photos[pairs.faces[row]])} if pairs.alone[row] else photos[int(pairs.people[row])]
        found[row] = not alone.isdisjoint(photos[other])
    return found
