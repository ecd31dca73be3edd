"""One person as the page of a person shows them: what is read, and in which order the faces stand."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.faces.face_order import (
    AT_ONCE,
    Arrangement,
    Order,
    Rows,
    by_likeness,
    by_time,
    shown_first,
    year_sections,
)
from app.faces.faces import is_spoken, no_faces
from app.grid.grid_layout import Section
from engine.library.library import Library
from engine.library.queries import FaceIndex, FaceScope, PersonRow, face_index, people_rows


@dataclass(frozen=True, slots=True)
class PersonSeen:
    """A person and all their faces; `row` is None where there is no such person with a name or a face."""

    row: PersonRow | None = None
    faces: FaceIndex = field(default_factory=no_faces)

    def suggested(self) -> Rows:
        """Return the rows of faces that nobody confirmed; a person without a name has none."""
        if self.row is None or self.row.name is None:
            return np.empty(0, np.intp)
        return np.flatnonzero(~is_spoken(self.faces))


@dataclass(frozen=True, slots=True)
class Look:
    """How to show the faces.

    `similarity` (n,) is how much each is like the others, NaN where that is not known. `shown` are suggestions that
    were shown before and stay in sight; `most` is how many are shown, None for all.
    """

    order: Order = Order.NEWEST
    similarity: NDArray[np.float32] | None = None
    shown: frozenset[int] = frozenset()
    most: int | None = AT_ONCE


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of headings: of a year (0: no date), of a number of faces, and of the faces by likeness."""

    year: Callable[[int], str]
    count: Callable[[int], str]
    likeness: str


def read_person(library: Library, person: int) -> PersonSeen:
    """Read a person and their faces."""
    rows = people_rows(library, only=[person])
    if not rows:
        return PersonSeen()
    return PersonSeen(rows[0], face_index(library, FaceScope.person(person)))


def next_unnamed(library: Library, after: int) -> int | None:
    """Return the largest person without a name, apart from this one and hidden ones."""
    others = (row for row in people_rows(library) if row.name is None and not row.hidden and row.person != after)
    return next((row.person for row in others if row.faces), None)


def arranged(seen: PersonSeen, look: Look, words: Words) -> Arrangement:
    """Return the suggestions first, then the others below headings."""
    faces, suggested = seen.faces, seen.suggested()
    others = np.setdiff1d(np.arange(len(faces)), suggested, assume_unique=True)
    similarity = look.similarity
    if look.order.by_likeness and similarity is not None:
        suggested, others = (by_likeness(similarity, rows, look.order) for rows in (suggested, others))
        sections = [Section(words.likeness, len(others), words.count(len(others)))] if len(others) else []
    else:
        order = Order.NEWEST if look.order.by_likeness else look.order
        suggested, others = (by_time(faces.taken_at, rows, order) for rows in (suggested, others))
        sections = year_sections(faces.taken_at, others, words.year, words.count)
    suggested = shown_first(faces.face_ids, suggested, look.shown, look.most)
    ids = faces.face_ids[np.concatenate([suggested, others])]
    return Arrangement(ids, (Section("", len(suggested)), *sections))
