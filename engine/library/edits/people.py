"""Edits of people: names, covers, hiding, and who is not whom."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, or_, select, update
from sqlalchemy.dialects.sqlite import insert

from engine.errors import LibraryError
from engine.library.changes import Changes
from engine.library.edits.names import clean_name, same_name
from engine.library.ids import among, require_faces, require_people
from engine.library.library import Library
from engine.library.sight import in_sight
from engine.library.states import Source
from engine.library.tables import DistinctPeople, Face, Person
from engine.words import counted, sentence


@dataclass(frozen=True, slots=True)
class Naming:
    """What naming did. `same_name` are the others of that name who were not told apart from the person.

    The client may offer to merge them, never does it.
    """

    changes: Changes
    same_name: tuple[int, ...]


def name_person(library: Library, person_id: int, name: str) -> Naming:
    """Give a person a name, or take it away with an empty one.

    The first name confirms all faces of the group: whoever names a group has looked at it. A rename confirms nothing.
    Raises LibraryError if there is no such person or the name cannot be one.
    """
    wanted = clean_name(name)
    with library.edit(sentence("Name a person") if wanted else sentence("Remove a name")) as edit:
        connection = edit.connection
        require_people(connection, [person_id])
        before = connection.scalar(select(Person.name).where(Person.id == person_id))
        connection.execute(update(Person).where(Person.id == person_id, Person.name.is_not(wanted)).values(name=wanted))
        if wanted and before is None:
            confirm_group(connection, person_id)
        namesakes = _namesakes(connection, person_id, wanted) if wanted else ()
    return Naming(edit.changes, namesakes)


def confirm_group(connection: Connection, person_id: int) -> None:
    """Make every face of a person that is in sight the user's word."""
    untold = or_(Face.source.is_(None), Face.source != Source.USER)
    connection.execute(
        update(Face).where(Face.person_id == person_id, untold, ~Face.ignored, in_sight()).values(source=Source.USER)
    )


def _namesakes(connection: Connection, person_id: int, name: str) -> tuple[int, ...]:
    """Return the others of this name, but for those who were told apart from the person."""
    smaller = select(DistinctPeople.other_id).where(DistinctPeople.person_id == person_id)
    larger = select(DistinctPeople.person_id).where(DistinctPeople.other_id == person_id)
    told_apart = smaller.union(larger)
    named = select(Person.id, Person.name).where(
        Person.name.is_not(None), Person.id != person_id, Person.id.not_in(told_apart)
    )
    found = connection.execute(named.order_by(Person.id))
    return tuple(other for other, theirs in found if theirs and same_name(theirs, name))


def mark_distinct(library: Library, person_id: int, other_id: int) -> Changes:
    """Remember that these are two people; the machine never suggests to merge them again.

    Raises LibraryError if one does not exist or both are the same.
    """
    if person_id == other_id:
        raise LibraryError(
            sentence("Person {person} cannot differ from themselves.", person=person_id), sentence("Choose two people.")
        )
    with library.edit(sentence("Mark two people as different")) as edit:
        require_people(edit.connection, [person_id, other_id])
        smaller, larger = sorted((person_id, other_id))
        pair = insert(DistinctPeople).values(person_id=smaller, other_id=larger)
        edit.connection.execute(pair.on_conflict_do_nothing())
    return edit.changes


def hide_people(library: Library, people: Collection[int]) -> Changes:
    """Keep people out of sight, in one step; faces and answers stay. Raises LibraryError for one that is not there."""
    return _set_hidden(
        library, counted("Hide a person", "Hide {count:,} people", count=len(people)), people, hidden=True
    )


def show_people(library: Library, people: Collection[int]) -> Changes:
    """Bring hidden people back, in one step. Raises LibraryError for one that is not there."""
    return _set_hidden(
        library, counted("Show a person", "Show {count:,} people", count=len(people)), people, hidden=False
    )


def _set_hidden(library: Library, label: str, people: Collection[int], *, hidden: bool) -> Changes:
    with library.edit(label) as edit:
        require_people(edit.connection, people)
        edit.connection.execute(update(Person).where(Person.id.in_(among(people))).values(hidden=hidden))
    return edit.changes


def set_cover(library: Library, person_id: int, face_id: int) -> Changes:
    """Show this face for the person. Raises LibraryError if it is not one of the person's faces."""
    with library.edit(sentence("Set a cover")) as edit:
        connection = edit.connection
        require_people(connection, [person_id])
        require_faces(connection, [face_id])
        if connection.scalar(select(Face.person_id).where(Face.id == face_id)) != person_id:
            raise LibraryError(
                sentence("Face {face} is not one of person {person}.", face=face_id, person=person_id),
                sentence("Choose one of the person's faces."),
            )
        connection.execute(update(Person).where(Person.id == person_id).values(cover_face_id=face_id))
    return edit.changes
