"""The next questions worth asking: those whose answer settles most faces, as far as a yes can be expected.

Two kinds: "are these two the same person?" and "is this A?". Nothing is asked twice, nothing that was refused, and
nothing about two people the user told apart.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from engine.clustering.candidates import Candidates, likely_pairs
from engine.clustering.constraints import Pairs
from engine.clustering.likeness import Faces, Gallery
from engine.similarity import Calibration

Key = tuple[str, int, int]
"""What identifies a question: its kind and the two sides."""


class QuestionKind(StrEnum):
    """What is asked."""

    SAME_PERSON = "same_person"
    """Are `person` and `other`, both or neither of whom the user confirmed, one and the same?"""
    IS_THIS = "is_this"
    """Is this face, or this `person` without a confirmed face, the person `other`?"""


class ReasonAgainst(StrEnum):
    """Why a yes may be wrong."""

    SAME_PHOTO = "same_photo"
    DATE_GAP = "date_gap"
    LOW_QUALITY = "low_quality"


@dataclass(frozen=True, slots=True)
class Question:
    """One question, about a single face (its row, and `person` is −1) or about a person (and `face` is −1).

    `settles` is how many faces a yes would give to `other`, `examples` are the rows of up to three faces of `other`
    that are most similar, confirmed ones if there are any.
    """

    kind: QuestionKind
    face: int
    person: int
    other: int
    similarity: float
    probability: float
    settles: int
    examples: tuple[int, ...]
    against: tuple[ReasonAgainst, ...]

    @property
    def key(self) -> Key:
        """What identifies the question, whichever way round it is put; a face is a row here, so translate to its id."""
        return face_key(self.face, self.other) if self.person < 0 else people_key(self.person, self.other)


def face_key(face: int, person: int) -> Key:
    """Return the key of the question whether a face (row) is a person."""
    return ("face", face, person)


def people_key(first: int, second: int) -> Key:
    """Return the key of the question whether two people are one."""
    return ("people", min(first, second), max(first, second))


@dataclass(frozen=True, slots=True)
class Answers:
    """What the user has said before.

    `rejected` (r, 2) int64 holds (row of a face, person), `distinct` (m, 2) int64 two people, `asked` the keys of the
    questions that were put, whatever the answer.
    """

    rejected: Pairs = field(default_factory=lambda: np.empty((0, 2), np.int64))
    distinct: Pairs = field(default_factory=lambda: np.empty((0, 2), np.int64))
    asked: AbstractSet[Key] = frozenset()


@dataclass(frozen=True, slots=True)
class Sorted:
    """The state of the library: `people` (n,) int64 (−1 unsorted), `confirmed` (n,) bool, `quality` (n,) 0 to 1."""

    faces: Faces
    people: NDArray[np.int64]
    confirmed: NDArray[np.bool_]
    quality: NDArray[np.float32]


LOW_QUALITY = 0.45
"""Quality (0 to 1) below which a face is a poor witness: two such faces are alike because they are bad."""

DATE_GAP_DAYS = 3 * 365.0
"""A gap between the dates of two people's photos that is worth mentioning."""

_LEAST_PROBABILITY = 0.1
"""At equal odds. One pair of strangers in fourteen is this alike; below, strangers would be asked about for ever."""

_SAME_PHOTO_FACTOR = 0.1
_LEAST_IN_PHOTO = 0.06
"""Two who share a photo are asked about from this likelihood on; below, a hundred questions bring a handful of yes."""


def next_questions(
    state: Sorted, answers: Answers, *, calibration: Calibration, limit: int = 50
) -> tuple[Question, ...]:
    """Return up to `limit` questions, the most useful first: expected faces settled, then probability.

    `calibration` should be the user's own (`judgement.personal_calibration`). Two people who share a photo are asked
    about last and only where much speaks for one: they may be a mirror, but hardly are. Whoever has only bad faces
    comes after everybody else.
    """
    gallery = Gallery(state.faces, state.people)
    pairs = likely_pairs(state.faces, state.people, gallery, _sure_people(state))
    chance = 1 / (1 + np.exp(-(calibration.slope * pairs.likeness.astype(np.float64) + calibration.intercept)))
    likely = np.flatnonzero(chance >= _LEAST_PROBABILITY)
    pairs, chance = pairs.at(likely), chance[likely]
    open_ = np.flatnonzero(_not_settled(pairs, state, answers))
    pairs, chance = pairs.at(open_), chance[open_]
    shared = _share_photo(state, pairs)
    chance = np.where(shared, chance * _SAME_PHOTO_FACTOR, chance)
    worth = np.flatnonzero(~shared | (chance >= _LEAST_IN_PHOTO))
    weighed = _Weighed(pairs.at(worth), chance[worth], shared[worth])
    poor = _best_quality(state, weighed.pairs) < LOW_QUALITY
    order = np.lexsort((-weighed.chance, -(weighed.chance * weighed.pairs.settles), poor))[:limit]
    return tuple(_question(state, gallery, weighed, row) for row in order.tolist())


@dataclass(frozen=True, slots=True)
class _Weighed:
    pairs: Candidates
    chance: NDArray[np.float64]
    shared: NDArray[np.bool_]


def _best_quality(state: Sorted, pairs: Candidates) -> NDArray[np.float32]:
    """Return the quality of the best face of each side in question, (m,)."""
    best = np.zeros(int(state.people.max(initial=-1)) + 1, np.float32)
    known = state.people >= 0
    np.maximum.at(best, state.people[known], state.quality[known])
    return np.where(pairs.alone, state.quality[pairs.faces], best[pairs.people] if len(best) else np.float32(0))


def _sure_people(state: Sorted) -> NDArray[np.int64]:
    """Return the people who have a confirmed face."""
    return np.unique(state.people[state.confirmed & (state.people >= 0)])


def _not_settled(pairs: Candidates, state: Sorted, answers: Answers) -> NDArray[np.bool_]:
    """Mark the pairs that were not asked before, refused, or told apart, (m,) bool."""
    distinct = {people_key(first, second) for first, second in answers.distinct.tolist()}
    rejected = {face_key(face, person) for face, person in answers.rejected.tolist()}
    owners = state.people[answers.rejected[:, 0]]
    distinct |= {people_key(*pair) for pair in zip(owners.tolist(), answers.rejected[:, 1].tolist(), strict=True)}
    settled = rejected | distinct | set(answers.asked)
    rows = zip(pairs.alone.tolist(), pairs.faces.tolist(), pairs.people.tolist(), pairs.others.tolist(), strict=True)
    keys = (face_key(face, other) if alone else people_key(person, other) for alone, face, person, other in rows)
    return np.fromiter((key not in settled for key in keys), bool, len(pairs.others))


def _share_photo(state: Sorted, pairs: Candidates) -> NDArray[np.bool_]:
    """Say for each pair whether both sides are seen in one photo, (m,) bool."""
    photos: dict[int, set[int]] = {}
    for person, photo in zip(state.people.tolist(), state.faces.photos.tolist(), strict=True):
        if person >= 0 and photo >= 0:
            photos.setdefault(person, set()).add(photo)
    nobody: set[int] = set()
    found = np.zeros(len(pairs.others), bool)
    for row, other in enumerate(pairs.others.tolist()):
        own = photos.get(int(pairs.people[row]), nobody)
        if pairs.alone[row]:
            own = {int(state.faces.photos[pairs.faces[row]])}
        found[row] = not own.isdisjoint(photos.get(other, nobody))
    return found


def _question(state: Sorted, gallery: Gallery, weighed: _Weighed, row: int) -> Question:
    """Turn one pair into a question: its examples and what speaks against it."""
    pairs, other = weighed.pairs, int(weighed.pairs.others[row])
    alone = bool(pairs.alone[row])
    subject = pairs.faces[row : row + 1] if alone else gallery.members(int(pairs.people[row]))
    members = gallery.members(other)
    sure = members[state.confirmed[members]]
    shown = sure if len(sure) else members
    similarity = state.faces.vectors[shown] @ state.faces.vectors[subject].mean(axis=0)
    confirmed = bool(state.confirmed[subject].any())
    return Question(
        kind=QuestionKind.IS_THIS if alone or (len(sure) and not confirmed) else QuestionKind.SAME_PERSON,
        face=int(pairs.faces[row]) if alone else -1,
        person=-1 if alone else int(pairs.people[row]),
        other=other,
        similarity=float(pairs.likeness[row]),
        probability=float(weighed.chance[row]),
        settles=int(pairs.settles[row]),
        examples=tuple(shown[np.argsort(-similarity, kind="stable")[:3]].tolist()),
        against=_against(state, subject, members) + ((ReasonAgainst.SAME_PHOTO,) if weighed.shared[row] else ()),
    )


def _against(state: Sorted, subject: NDArray[np.int64], members: NDArray[np.int64]) -> tuple[ReasonAgainst, ...]:
    """Return what speaks against a match apart from a shared photo."""
    gap = _date_gap(state.faces.days[subject], state.faces.days[members]) > DATE_GAP_DAYS
    poor = bool(state.quality[subject].max() < LOW_QUALITY)
    return (ReasonAgainst.DATE_GAP,) * gap + (ReasonAgainst.LOW_QUALITY,) * poor


def _date_gap(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    """Return the days between two spans of dates, 0 where they overlap or a side has no date."""
    first, second = first[~np.isnan(first)], second[~np.isnan(second)]
    if not len(first) or not len(second):
        return 0.0
    return max(0.0, float(first.min() - second.max()), float(second.min() - first.max()))
