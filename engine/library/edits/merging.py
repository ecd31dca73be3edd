"""Making one person of several."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Connection, Select, case, delete, func, literal, or_, select, update
from sqlalchemy.dialects.sqlite import insert

from engine.errors import LibraryError
from engine.library.before_many import kept_before_many
from engine.library.changes import Changes
from engine.library.edits.people import confirm_group
from engine.library.ids import among, require_people
from engine.library.library import Library
from engine.library.sight import is_untold
from engine.library.states import SPOKEN
from engine.library.tables import DistinctPeople, Face, MentionedPerson, Person, Rejection
from engine.words import sentence


def merge_people(library: Library, into: int, others: Collection[int]) -> Changes:
    """Make the others one with `into`, who keeps name and cover and takes theirs where it has none.

    - A group without a name is confirmed by it; suggested faces of a named person stay suggestions.
    - Rejections of the others become rejections of `into`, but for faces that are confirmed as one of them. A suggested
      face that was refused as any of them goes to unsorted.
    - "They are two people" between them is forgotten: the user says otherwise now. Towards third people it is kept.

    Raises LibraryError naming a person that does not exist, and if there is nobody to merge.
    """
    absorbed = sorted(set(others))
    if not absorbed or into in absorbed:
        raise LibraryError(
            sentence("A person can only be merged with other people."), sentence("Name at least one other person.")
        )
    with library.read() as reading:
        theirs = select(func.count()).select_from(Face).where(Face.person_id.in_(among([into, *absorbed])))
        faces = reading.scalar(theirs) or 0
    with (
        kept_before_many(library.path, faces),
        library.edit(sentence("Merge {count:,} people", count=len(absorbed) + 1)) as edit,
    ):
        connection = edit.connection
        everyone = [into, *absorbed]
        require_people(connection, everyone)
        _drop_refused(connection, everyone)
        for person_id in connection.scalars(_unnamed(everyone)).all():
            confirm_group(connection, person_id)
        connection.execute(update(Face).where(Face.person_id.in_(among(absorbed))).values(person_id=into))
        _take_rejections(connection, into, absorbed)
        _take_distinctions(connection, into, absorbed)
        _take_looks(connection, into, absorbed)
        meant = update(MentionedPerson).where(MentionedPerson.person_id.in_(among(absorbed)))
        connection.execute(meant.values(person_id=into))
        connection.execute(delete(Person).where(Person.id.in_(among(absorbed))))
    return edit.changes


def _unnamed(people: Collection[int]) -> "Select[int]":
    return select(Person.id).where(Person.id.in_(among(people)), Person.name.is_(None))


def _drop_refused(connection: Connection, everyone: Collection[int]) -> None:
    """Send faces to unsorted that the machine put with one of them and the user refused as another."""
    rejected = select(Rejection.face_id).where(Rejection.person_id.in_(among(everyone)))
    dropped = update(Face).where(Face.person_id.in_(among(everyone)), is_untold(), Face.id.in_(rejected))
    connection.execute(dropped.values(person_id=None, source=None))


def _take_rejections(connection: Connection, into: int, absorbed: Collection[int]) -> None:
    """Turn "not B" into "not A"; a face that is confirmed as either is A, whatever was refused before."""
    confirmed = select(Face.id).where(Face.person_id == into, Face.source.in_(SPOKEN))
    theirs = (
        select(Rejection.face_id, literal(into))
        .where(Rejection.person_id.in_(among(absorbed)), Rejection.face_id.not_in(confirmed))
        .distinct()
    )
    connection.execute(insert(Rejection).from_select(["face_id", "person_id"], theirs).on_conflict_do_nothing())
    connection.execute(delete(Rejection).where(Rejection.person_id == into, Rejection.face_id.in_(confirmed)))


def _take_distinctions(connection: Connection, into: int, absorbed: Collection[int]) -> None:
    """Keep "B is not C" as "A is not C"; pairs among the merged go with the rows of those who are absorbed."""
    of_first = DistinctPeople.person_id.in_(among(absorbed))
    third: ColumnElement[int] = case((of_first, DistinctPeople.other_id), else_=DistinctPeople.person_id)
    everyone = [into, *absorbed]
    kept = select(func.min(third, literal(into)), func.max(third, literal(into))).where(
        or_(of_first, DistinctPeople.other_id.in_(among(absorbed))), third.not_in(among(everyone))
    )
    pairs = insert(DistinctPeople).from_select(["person_id", "other_id"], kept)
    connection.execute(pairs.on_conflict_do_nothing())


def _take_looks(connection: Connection, into: int, absorbed: Collection[int]) -> None:
    """Take the first name and the first cover among the absorbed where `into` has none."""
    for column in (Person.name, Person.cover_face_id):
        first = (
            select(column).where(Person.id.in_(among(absorbed)), column.is_not(None)).order_by(Person.id).limit(1)
        ).scalar_subquery()
        connection.execute(update(Person).where(Person.id == into, column.is_(None)).values({column: first}))
