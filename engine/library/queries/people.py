"""People as rows."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, func, or_, select, true
from sqlalchemy.orm import aliased

from engine.library.ids import among, require_people
from engine.library.library import Library
from engine.library.queries.doubt import is_doubtful
from engine.library.queries.name_order import name_order
from engine.library.sight import in_sight
from engine.library.states import SPOKEN
from engine.library.tables import Face, Person


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person. `confirmed` of the `faces` are somebody's word, the others suggestions; `doubtful` ones come on top.

    `cover` is the face to show: the one that the user chose if it still is the person's, else the best in quality of
    the confirmed faces, else of the suggestions, else of the doubtful ones. `born` is a date as exact as it is known.
    """

    person: int
    name: str | None
    faces: int
    photos: int
    confirmed: int
    cover: int | None
    hidden: bool
    doubtful: int = 0
    born: str | None = None

    @property
    def suggested(self) -> int:
        """How many faces wait for an answer, doubtful ones among them."""
        return self.faces - self.confirmed + self.doubtful


def people_rows(library: Library, only: Collection[int] | None = None) -> list[PersonRow]:
    """Return everybody with a face in sight: named people by name, then the others, those with most faces first.

    Whoever has a name and no face at all is among them; whose faces are all out of sight is not.

    Given `only`, those among these ids.
    """
    theirs = true() if only is None else Face.person_id.in_(among(only))
    them = true() if only is None else Person.id.in_(among(only))
    tallies = (
        select(
            Face.person_id,
            func.count().filter(~is_doubtful()).label("faces"),
            func.count().filter(is_doubtful()).label("doubtful"),
            func.count(case((~is_doubtful(), Face.photo_id)).distinct()).label("photos"),
            func.count().filter(Face.source.in_(SPOKEN)).label("confirmed"),
            # SQLite takes a bare column from the row that has the maximum: https://www.sqlite.org/lang_select.html
            # Quality is at most 1, so that any confirmed face comes before any suggestion.
            func.max(Face.quality + case((Face.source.in_(SPOKEN), 1), (is_doubtful(), -1), else_=0)).label("best"),
            Face.id.label("best_face"),
        )
        .where(Face.person_id.is_not(None), ~Face.ignored, in_sight(), theirs)
        .group_by(Face.person_id)
        .subquery()
    )
    cover = aliased(Face)
    chosen = (
        select(Face.id)
        .join(cover, Face.id == func.coalesce(cover.copy_of, cover.id))
        .where(cover.id == Person.cover_face_id, Face.person_id == Person.id, in_sight())
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
            func.coalesce(tallies.c.doubtful, 0),
            Person.birth_date,
        )
        .outerjoin(tallies, tallies.c.person_id == Person.id)
        .where(or_(tallies.c.faces.is_not(None), _only_named()), them)
    )
    with library.read() as connection:
        rows = [PersonRow(*row) for row in connection.execute(query)]
    return sorted(rows, key=_place)


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person without what takes time to count."""

    person: int
    name: str | None
    hidden: bool


def people_by_size(library: Library) -> list[KnownPerson]:
    """Return everybody, whoever has most faces first; faces set aside and out of sight count, too.

    So an index alone tells it, in a tenth of the time of `people_rows`.
    """
    sizes = select(Face.person_id, func.count().label("faces")).where(Face.person_id.is_not(None))
    size = sizes.group_by(Face.person_id).subquery()
    query = select(Person.id, Person.name, Person.hidden).outerjoin(size, size.c.person_id == Person.id)
    with library.read() as connection:
        rows = connection.execute(query.order_by(func.coalesce(size.c.faces, 0).desc(), Person.id))
        return [KnownPerson(*row) for row in rows]


def is_shown() -> ColumnElement[bool]:
    """Say in SQL whether a person is among `people_rows`."""
    seen = select(Face.id).where(Face.person_id == Person.id, ~Face.ignored, in_sight()).correlate(Person)
    return or_(seen.exists(), _only_named())


def _only_named() -> ColumnElement[bool]:
    return and_(
        Person.name.is_not(None), ~select(Face.id).where(Face.person_id == Person.id).correlate(Person).exists()
    )


def people_names(library: Library) -> dict[int, str]:
    """Return the names of all people who have one, by id."""
    with library.read() as connection:
        rows = connection.execute(select(Person.id, Person.name).where(Person.name.is_not(None)).order_by(Person.id))
        return {person: name for person, name in rows if name is not None}


def require_person(library: Library, person_id: int) -> None:
    """Raise LibraryError if there is no such person."""
    with library.read() as connection:
        require_people(connection, [person_id])


def _place(row: PersonRow) -> tuple[bool, tuple[str, str, str], int, int]:
    return row.name is None, name_order(row.name or ""), -row.faces, row.person
