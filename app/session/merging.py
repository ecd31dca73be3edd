"""Making people one: what has to be known of them before, and what came of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.library.changes import Changes
from engine.library.edits import merge_people
from engine.library.library import Library
from engine.library.queries import FaceIndex, FaceScope, PersonRow, face_index, people_rows

FACES = 6
"""Faces that are shown of each."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be one with others, and faces to recognise them by, the earliest first."""

    row: PersonRow
    faces: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Merging:
    """Those who may be one, and in how many photos at least two of them are seen together."""

    candidates: tuple[Candidate, ...]
    together: int

    def kept(self, into: int) -> int:
        """Return who stays: `into`, but somebody with a name before somebody without, the largest first."""
        rows = [candidate.row for candidate in self.candidates]
        best = max(rows, key=lambda row: (row.name is not None, row.person == into, row.faces))
        return best.person

    def moved(self, into: int) -> int:
        """Return how many faces would move to `into`."""
        return sum(candidate.row.faces for candidate in self.candidates if candidate.row.person != into)

    @property
    def named(self) -> tuple[PersonRow, ...]:
        """Those with a name."""
        return tuple(candidate.row for candidate in self.candidates if candidate.row.name is not None)


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of a merge: how many faces moved, and the name of who stayed."""

    changes: Changes
    moved: int
    name: str | None


def merge(library: Library, into: int, others: Collection[int]) -> Merged:
    """Make people one with `into`, and say what came of it. Raises what `merge_people` raises."""
    moved = sum(row.faces for row in people_rows(library, only=others))
    changes = merge_people(library, into, others)
    name = next((row.name for row in people_rows(library, only=[into])), None)
    return Merged(changes, moved, name)


def read_merging(library: Library, people: Sequence[int]) -> Merging:
    """Read all of it; people who are gone are left out, the others stay in their order."""
    rows = {row.person: row for row in people_rows(library, only=people)}
    there = [rows[person] for person in people if person in rows]
    indexes = [face_index(library, FaceScope.person(row.person)) for row in there]
    shown = tuple(Candidate(row, tuple(telling(index, FACES))) for row, index in zip(there, indexes, strict=True))
    return Merging(shown, _together([index.photo_ids for index in indexes]))


def telling(faces: FaceIndex, count: int) -> list[int]:
    """Return the best face of each of `count` stretches of somebody's time, so that all their ages are seen."""
    parts = np.array_split(np.arange(len(faces)), count)
    return [int(faces.face_ids[part[np.argmax(faces.quality[part])]]) for part in parts if len(part)]


def _together(photos: Sequence[NDArray[np.int64]]) -> int:
    """Count the photos that occur in at least two of the arrays, each array's own repetitions counting once."""
    if not photos:
        return 0
    _, times = np.unique(np.concatenate([np.unique(ids) for ids in photos]), return_counts=True)
    return int((times > 1).sum())
