"""People as rows."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import case, func, or_, select, true

from engine.library.ids import among, require_people
from engine.library.library import Library
from engine.library.states import SPOKEN
from engine.library.tables import Face, Person, Photo


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person. `confirmed` of the `faces` are somebody's word, the others suggestions.

    `cover` is the face to show: the one that the user chose if it still is the person's, else the best in quality of
    the confirmed faces, else of all.
    """

    person: int
    name: str | None
    faces: int
    photos: int
    confirmed: int
    cover: int | None
    hidden: bool

    @property
    def suggested(self) -> int:
        """How many of the faces nobody has confirmed."""
        return self.faces - self.confirmed


def people_rows(library: Library, only: Collection[int] | None = None) -> list[PersonRow]:
    """Return everybody with a name or a face: named people by name, then the others, those with most faces first.

    Given `only`, those among these ids.
    """
    theirs = true() if only is None else Face.person_id.in_(among(only))
    them = true() if only is None else Person.id.in_(among(only))
    copies = select(Photo.id, Photo.copy_of).where(Photo.copy_of.is_not(None)).subquery()
    tallies = (
        select(
            Face.person_id,
            func.count().label("faces"),
            # The copies of a picture are one. Few photos are copies, so that few rows of theirs are looked at.
            func.count(func.coalesce(copies.c.copy_of, Face.photo_id).distinct()).label("photos"),
            func.count().filter(Face.source.in_(SPOKEN)).label("confirmed"),
            # SQLite takes a bare column from the row that has the maximum: https://www.sqlite.org/lang_select.html
            # Quality is at most 1, so that any confirmed face comes before any suggestion.
            func.max(Face.quality + case((Face.source.in_(SPOKEN), 1), else_=0)).label("best"),
            Face.id.label("best_face"),
        )
        .outerjoin(copies, copies.c.id == Face.photo_id)
        .where(Face.person_id.is_not(None), ~Face.ignored, theirs)
        .group_by(Face.person_id)
        .subquery()
    )
    chosen = (
        select(Face.id)
        .where(Face.id == Person.cover_face_id, Face.person_id == Person.id)
        .correlate(Person)
        .scalar_subquery()
    )
    query = (
        select(
            Person.id,
            Person.name,
            func.coalesce(tallies.c.faces, 0),
            func.coalesce(tallies.c.photos, 0),
            func.coalesce(tallies.c.confirmed, 0),
            func.coalesce(chosen, tallies.c.best_face),
            Person.hidden,
        )
        .outerjoin(tallies, tallies.c.person_id == Person.id)
        .where(or_(Person.name.is_not(None), tallies.c.faces.is_not(None)), them)
    )
    with library.read() as connection:
        rows = [PersonRow(*row) for row in connection.execute(query)]
    return sorted(rows, key=_place)


def people_names(library: Library) -> dict[int, str]:
    """Return the names of all people who have one, by id."""
    with library.read() as connection:
        rows = connection.execute(select(Person.id, Person.name).where(Person.name.is_not(None)).order_by(Person.id))
        return {person: name for person, name in rows if name is not None}


def require_person(library: Library, person_id: int) -> None:
    """Raise LibraryError if there is no such person."""
    with library.read() as connection:
        require_people(connection, [person_id])


def _place(row: PersonRow) -> tuple[bool, str, int, int]:
    return row.name is None, (row.name or "").casefold(), -row.faces, row.person
