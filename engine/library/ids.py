"""Many ids in one statement, and the check that they exist."""

import json
from collections.abc import Collection, Iterable

from sqlalchemy import Connection, Integer, Select, column, func, select

from engine.errors import LibraryError
from engine.library.tables import Face, Folder, Person, Photo
from engine.words import sentence


def among(ids: Iterable[int]) -> "Select[int]":
    """Return a subquery of these ids, for `in_`; any number of them costs one parameter."""
    listed = json.dumps([int(one) for one in ids])
    value = func.json_each(listed).table_valued(column("value", Integer)).c.value
    return select(value)


def require_folders(connection: Connection, ids: Collection[int]) -> None:
    """Raise LibraryError naming a folder that does not exist."""
    known = set(connection.scalars(select(Folder.id).where(Folder.id.in_(among(ids)))))
    for folder_id in ids:
        if folder_id not in known:
            raise LibraryError(
                sentence("There is no folder {folder}.", folder=folder_id),
                sentence("It may have been removed from the library."),
            )


def require_people(connection: Connection, ids: Collection[int]) -> None:
    """Raise LibraryError naming a person that does not exist."""
    known = set(connection.scalars(select(Person.id).where(Person.id.in_(among(ids)))))
    for person_id in ids:
        if person_id not in known:
            raise LibraryError(
                sentence("There is no person {person}.", person=person_id),
                sentence("It may have been merged into another."),
            )


def require_faces(connection: Connection, ids: Collection[int]) -> None:
    """Raise LibraryError naming a face that does not exist."""
    known = set(connection.scalars(select(Face.id).where(Face.id.in_(among(ids)))))
    for face_id in ids:
        if face_id not in known:
            raise LibraryError(
                sentence("There is no face {face}.", face=face_id), sentence("Its photo may have changed since.")
            )


def require_photos(connection: Connection, ids: Collection[int]) -> None:
    """Raise LibraryError naming a photo that does not exist."""
    known = set(connection.scalars(select(Photo.id).where(Photo.id.in_(among(ids)))))
    for photo_id in ids:
        if photo_id not in known:
            raise LibraryError(
                sentence("There is no photo {photo}.", photo=photo_id),
                sentence("Its folder may have been scanned again since."),
            )
