"""Faces that call for a look: nobody's names in some photos, and people who stand twice in one."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, or_, select

from engine.library.ids import among
from engine.library.library import Library
from engine.library.sight import in_picture, in_sight
from engine.library.states import SPOKEN
from engine.library.tables import Face, Person


@dataclass(frozen=True, slots=True)
class DoubledPerson:
    """One person who has several faces in one photo, none of them ignored."""

    photo_id: int
    person_id: int
    face_ids: tuple[int, ...]


def unnamed_faces(library: Library, *, photo_ids: Collection[int]) -> list[int]:
    """Return the faces in these photos that nobody knows, by id: nobody's, or a group's that nobody has spoken about.

    That is one without a name and without a confirmed face. Ignored faces are left out.
    """
    here = Face.photo_id.in_(among(photo_ids))
    confirmed = select(Face.person_id).where(Face.person_id == Person.id, Face.source.in_(SPOKEN)).correlate(Person)
    strangers = select(Person.id).where(
        Person.id.in_(select(Face.person_id).where(here)), Person.name.is_(None), ~confirmed.exists()
    )
    query = select(Face.id).where(
        here, ~Face.ignored, in_picture(), or_(Face.person_id.is_(None), Face.person_id.in_(strangers))
    )
    with library.read() as connection:
        return list(connection.scalars(query.order_by(Face.id)))


def doubled_faces(library: Library) -> list[DoubledPerson]:
    """Return everybody who stands twice or more in one photo, by photo and person."""
    # Who stands somewhere more than once an index alone tells; few rows are left to be read.
    counted = select(Face.person_id, Face.photo_id).where(Face.person_id.is_not(None))
    several = counted.group_by(Face.person_id, Face.photo_id).having(func.count() > 1)
    twice = several.cte("twice").prefix_with("MATERIALIZED")
    same = (Face.person_id == twice.c.person_id) & (Face.photo_id == twice.c.photo_id)
    query = (
        select(Face.photo_id, Face.person_id, func.group_concat(Face.id))
        .join(twice, same)
        .where(~Face.ignored, in_sight())
        .group_by(Face.person_id, Face.photo_id)
        .having(func.count() > 1)
    )
    with library.read() as connection:
        rows = connection.execute(query).all()
    found = [
        DoubledPerson(photo, person, tuple(sorted(int(face) for face in faces.split(","))))
        for photo, person, faces in rows
        if person is not None
    ]
    return sorted(found, key=lambda one: (one.photo_id, one.person_id))
