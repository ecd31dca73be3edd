"""Faces as rows."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, select

from engine.geometry import Box
from engine.library.ids import among
from engine.library.library import Library
from engine.library.states import Source
from engine.library.tables import Face, Folder, Person, Photo


@dataclass(frozen=True, slots=True)
class FaceRow:
    """A face. `box` is relative (0 to 1) to the upright photo of `photo_width` × `photo_height` pixels.

    `photo` is the photo's absolute path; `cluster` is None for a face that is like no other.
    """

    face: int
    photo_id: int
    photo: Path
    photo_width: int
    photo_height: int
    box: Box
    score: float
    quality: float
    person: int | None
    name: str | None
    source: Source | None
    cluster: int | None
    ignored: bool


def face_rows(library: Library, person_id: int | None = None) -> list[FaceRow]:
    """Return the faces that are not ignored, all or those of one person, by id."""
    which = ~Face.ignored
    return _rows(library, which if person_id is None else which & (Face.person_id == person_id))


def photo_face_rows(library: Library, photo_id: int) -> list[FaceRow]:
    """Return all faces of one photo, ignored ones too, by id."""
    return _rows(library, Face.photo_id == photo_id)


def unsorted_face_rows(library: Library) -> list[FaceRow]:
    """Return the faces that belong to nobody and are not ignored, by id."""
    return _rows(library, Face.person_id.is_(None) & ~Face.ignored)


def ignored_face_rows(library: Library) -> list[FaceRow]:
    """Return the ignored faces, by id."""
    return _rows(library, Face.ignored.is_(True))


def faces_by_id(library: Library, face_ids: Collection[int]) -> dict[int, FaceRow]:
    """Return these faces by id, ignored ones too; those that are gone are absent."""
    return {row.face: row for row in _rows(library, Face.id.in_(among(face_ids)))}


def _rows(library: Library, which: ColumnElement[Any]) -> list[FaceRow]:
    columns = (
        Face.id,
        Face.photo_id,
        Folder.path,
        Photo.relpath,
        Photo.width,
        Photo.height,
        Face.left,
        Face.top,
        Face.width,
        Face.height,
        Face.score,
        Face.quality,
        Face.person_id,
        Person.name,
        Face.source,
        Face.cluster_id,
        Face.ignored,
    )
    query = (
        select(*columns)
        .join(Photo, Photo.id == Face.photo_id)
        .join(Folder, Folder.id == Photo.folder_id)
        .outerjoin(Person, Person.id == Face.person_id)
        .where(which)
        .order_by(Face.id)
    )
    with library.read() as connection:
        return [
            FaceRow(face, photo, Path(folder, relpath), width or 0, height or 0, Box(*rest[:4]), *rest[4:])
            for face, photo, folder, relpath, width, height, *rest in connection.execute(query)
        ]
