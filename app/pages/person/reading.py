"""What the page of a person reads: the person with all their faces, and who is to be named next."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

import numpy as np

from app.faces.face_order import Rows
from app.faces.model import is_confirmed, no_faces
from engine.library.library import Library
from engine.library.queries import FaceIndex, FaceScope, PersonRow, face_index, people_by_size, people_rows

SOME = 20


@dataclass(frozen=True, slots=True)
class PersonSeen:
    """A person and all their faces; `row` is None where there is no such person with a name or a face."""

    row: PersonRow | None = None
    faces: FaceIndex = field(default_factory=no_faces)

    def suggested(self) -> Rows:
        """Return the rows of faces that nobody confirmed; a person without a name has none."""
        if self.row is None or self.row.name is None:
            return np.empty(0, np.intp)
        return np.flatnonzero(~is_confirmed(self.faces))


def read_person(library: Library, person: int) -> PersonSeen:
    """Read a person and their faces."""
    rows = people_rows(library, only=[person])
    if not rows:
        return PersonSeen()
    return PersonSeen(rows[0], face_index(library, FaceScope.person(person)))


def next_unnamed(library: Library, after: int) -> int | None:
    """Return the largest person without a name, apart from this one and hidden ones."""
    others = [one.person for one in people_by_size(library) if one.name is None and not one.hidden]
    for some in _batched(one for one in others if one != after):
        rows = [row for row in people_rows(library, only=some) if row.faces]
        if rows:
            return rows[0].person
    return None


def _batched(people: Iterable[int]) -> Iterator[list[int]]:
    """Yield the people in lists of some: those whose faces are all out of sight are few."""
    rest = iter(people)
    while some := list(islice(rest, SOME)):
        yield some
