"""What a question is, and what it is asked from: the state of the library, and what was answered before."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from engine.clustering.constraints import Pairs
from engine.clustering.likeness import Faces

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
    questions that were put, whatever the answer. `names` are those that people were given, as a reader takes them.
    """

    rejected: Pairs = field(default_factory=lambda: np.empty((0, 2), np.int64))
    distinct: Pairs = field(default_factory=lambda: np.empty((0, 2), np.int64))
    asked: AbstractSet[Key] = frozenset()
    names: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sorted:
    """The state of the library: `people` (n,) int64 (−1 unsorted), `confirmed` (n,) bool, `quality` (n,) 0 to 1.

    `doubted` (n,) bool marks what is perhaps no face, None: nothing; whoever has nothing else is not asked about.
    """

    faces: Faces
    people: NDArray[np.int64]
    confirmed: NDArray[np.bool_]
    quality: NDArray[np.float32]
    doubted: NDArray[np.bool_] | None = None


def told_keys(answers: Answers) -> set[Key]:
    """Return the keys of the questions that were answered with no, or asked before."""
    distinct = {people_key(first, second) for first, second in answers.distinct.tolist()}
    rejected = {face_key(face, person) for face, person in answers.rejected.tolist()}
    return distinct | rejected | set(answers.asked)
