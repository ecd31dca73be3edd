"""Edits of single faces: whose they are, whose they are not, and whether they matter."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, literal, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from engine.library.before_many import kept_before_many
from engine.library.changes import Changes
from engine.library.edits.names import clean_name
from engine.library.edits.people import confirm_group
from engine.library.ids import among, require_faces, require_people
from engine.library.library import Library
from engine.library.sight import is_untold
from engine.library.states import SPOKEN, Aside, Source
from engine.library.tables import Face, Person, Rejection
from engine.words import counted


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person that an edit made, and all that it changed."""

    person_id: int
    changes: Changes


@dataclass(frozen=True, slots=True)
class NewPeople:
    """People that an edit made, in the order of their faces, and all that it changed."""

    person_ids: tuple[int, ...]
    changes: Changes


def confirm_faces(library: Library, person_id: int, face_ids: Collection[int]) -> Changes:
    """Note that these faces are this person, wherever they were; an earlier "no" to the same question is forgotten.

    A group that only the machine has put together is confirmed with the faces that join it, as by a merge.
    Raises LibraryError naming a face or person that does not exist, as all edits here do.
    """
    return confirm_each(library, {person_id: face_ids})


def move_faces(library: Library, face_ids: Collection[int], person_id: int) -> Changes:
    """Give faces, wherever they were, to another person, confirmed; a machine's group is confirmed with them."""
    label = counted("Move {count:,} face", "Move {count:,} faces", count=len(set(face_ids)))
    return _answer_each(library, label, {person_id: face_ids}, _give)


def reject_faces(library: Library, person_id: int, face_ids: Collection[int]) -> Changes:
    """Note that these faces are not this person; those that were the person's go to unsorted."""
    return reject_each(library, {person_id: face_ids})


def confirm_each(library: Library, answers: Mapping[int, Collection[int]]) -> Changes:
    """Note in one step that these faces are these people: from the id of a person to faces."""
    label = counted("Confirm {count:,} face", "Confirm {count:,} faces", count=_faces(answers))
    return _answer_each(library, label, answers, _give)


def reject_each(library: Library, answers: Mapping[int, Collection[int]]) -> Changes:
    """Note in one step that these faces are not these people: from the id of a person to faces."""
    label = counted("Reject {count:,} face", "Reject {count:,} faces", count=_faces(answers))
    return _answer_each(library, label, answers, _refuse)


def split_off(library: Library, face_ids: Collection[int], name: str | None = None) -> NewPerson:
    """Make a new person of these faces, confirmed; each is noted as not being whom it was taken for before."""
    wanted = clean_name(name) if name is not None else None
    with library.edit(
        counted("Split off {count:,} face", "Split off {count:,} faces", count=len(set(face_ids)))
    ) as edit:
        person_id = _found_person(edit.connection, face_ids, wanted)
    return NewPerson(person_id, edit.changes)


def split_up(library: Library, parts: Sequence[Collection[int]]) -> NewPeople:
    """Make a new person of each part, as `split_off` does, in one step; a part without faces founds nobody."""
    with library.edit(counted("Split off {count:,} person", "Split off {count:,} people", count=len(parts))) as edit:
        made = tuple(_found_person(edit.connection, part, None) for part in parts if part)
    return NewPeople(made, edit.changes)


def ignore_faces(library: Library, face_ids: Collection[int], why: Aside = Aside.STRANGER) -> Changes:
    """Set faces aside: they belong to nobody and clustering leaves them out.

    Later photos of strangers are set aside, too; what is no face says nothing of others.
    """
    with (
        kept_before_many(library.path, len(face_ids)),
        library.edit(
            counted("Set {count:,} face aside", "Set {count:,} faces aside", count=len(set(face_ids)))
        ) as edit,
    ):
        require_faces(edit.connection, face_ids)
        aside = update(Face).where(Face.id.in_(among(face_ids)))
        stranger = why is Aside.STRANGER
        edit.connection.execute(aside.values(ignored=True, stranger=stranger, person_id=None, source=None))
    return edit.changes


def ignore_newcomers(library: Library, face_ids: Collection[int]) -> Changes:
    """Set aside faces of strangers who were known again, as a step of its own; never one that somebody spoke about."""
    label = counted("Set aside {count:,} stranger again", "Set aside {count:,} strangers again", count=len(face_ids))
    with library.edit(label) as edit:
        theirs = update(Face).where(Face.id.in_(among(face_ids)), is_untold(), ~Face.ignored)
        edit.connection.execute(theirs.values(ignored=True, stranger=True, person_id=None, source=None))
    return edit.changes


def restore_faces(library: Library, face_ids: Collection[int]) -> Changes:
    """Take ignored faces back to unsorted."""
    with library.edit(counted("Restore {count:,} face", "Restore {count:,} faces", count=len(set(face_ids)))) as edit:
        require_faces(edit.connection, face_ids)
        aside = update(Face).where(Face.id.in_(among(face_ids)), Face.ignored)
        edit.connection.execute(aside.values(ignored=False, stranger=False))
    return edit.changes


def _found_person(connection: Connection, face_ids: Collection[int], name: str | None) -> int:
    require_faces(connection, face_ids)
    former = select(Face.id, Face.person_id).where(Face.id.in_(among(face_ids)), Face.person_id.is_not(None))
    _reject(connection, former)
    made = insert(Person).values(name=name, created_at=datetime.now(UTC)).returning(Person.id)
    person_id = connection.execute(made).scalar_one()
    _give(connection, person_id, face_ids)
    return person_id


def _answer_each(
    library: Library,
    label: str,
    answers: Mapping[int, Collection[int]],
    answer: Callable[[Connection, int, Collection[int]], None],
) -> Changes:
    faces = [face for theirs in answers.values() for face in theirs]
    with kept_before_many(library.path, len(faces)), library.edit(label) as edit:
        require_people(edit.connection, answers)
        require_faces(edit.connection, faces)
        for person_id, theirs in answers.items():
            answer(edit.connection, person_id, theirs)
    return edit.changes


def _give(connection: Connection, person_id: int, face_ids: Collection[int]) -> None:
    given = among(face_ids)
    _confirm_whom_they_join(connection, person_id, face_ids)
    connection.execute(
        update(Face)
        .where(Face.id.in_(given))
        .values(person_id=person_id, source=Source.USER, ignored=False, stranger=False)
    )
    connection.execute(delete(Rejection).where(Rejection.person_id == person_id, Rejection.face_id.in_(given)))


def _confirm_whom_they_join(connection: Connection, person_id: int, face_ids: Collection[int]) -> None:
    """Confirm the group of the machine's that faces come to from elsewhere: it was said that they are one with it.

    Else the group would stand on the newcomers alone, and a look at them could part what was just joined.
    """
    theirs = select(Face.id).where(Face.person_id == person_id)
    known = connection.scalars(select(Person.name).where(Person.id == person_id, Person.name.is_not(None))).first()
    spoken = connection.scalars(theirs.where(Face.source.in_(SPOKEN)).limit(1)).first()
    if known is None and spoken is None and not set(face_ids) <= set(connection.scalars(theirs)):
        confirm_group(connection, person_id)


def _refuse(connection: Connection, person_id: int, face_ids: Collection[int]) -> None:
    """Note that faces are not somebody; those that were theirs go to unsorted."""
    _reject(connection, select(Face.id, literal(person_id)).where(Face.id.in_(among(face_ids))))
    theirs = update(Face).where(Face.id.in_(among(face_ids)), Face.person_id == person_id)
    connection.execute(theirs.values(person_id=None, source=None))


def _reject(connection: Connection, pairs: "Select[int, Any]") -> None:
    # SQLite needs a WHERE between SELECT and ON CONFLICT; both callers have one.
    rejected = upsert(Rejection).from_select(["face_id", "person_id"], pairs)
    connection.execute(rejected.on_conflict_do_nothing())


def _faces(answers: Mapping[int, Collection[int]]) -> int:
    """Return how many faces are answered about."""
    return len({face for theirs in answers.values() for face in theirs})
