"""Faces as rows."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, ColumnElement, select, type_coerce

from engine.geometry import Box
from engine.library.ids import among
from engine.library.library import Library
from engine.library.queries.doubt import is_doubtful
from engine.library.sight import in_picture, in_sight
from engine.library.states import Source
from engine.library.tables import Face, Folder, Person, Photo


@dataclass(frozen=True, slots=True)
class FaceRow:
    """A face. `box` is relative (0 to 1) to the upright photo of `photo_width` × `photo_height` pixels.

    `photo` is the photo's absolute path; `cluster` is None for a face that waits to be grouped. `doubtful` says that
    the machine put it with the person and is not sure.
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
    doubtful: bool = False


def face_rows(library: Library, person_id: int | None = None) -> list[FaceRow]:
    """Return the faces in sight that are not ignored, all or those of one person, by id."""
    which = ~Face.ignored & in_sight()
    return _rows(library, which if person_id is None else which & (Face.person_id == person_id))


def newest_face_ids(library: Library, count: int) -> list[int]:
    """Return the faces in sight that were found last and are not ignored, the newest first; `count` at most."""
    with library.read() as connection:
        newest = select(Face.id).join(Photo).where(~Face.ignored & in_sight()).order_by(Face.id.desc()).limit(count)
        return list(connection.scalars(newest))


def photo_face_rows(library: Library, photo_id: int) -> list[FaceRow]:
    """Return all faces that one photo shows, ignored ones too, by id."""
    return _rows(library, (Face.photo_id == photo_id) & in_picture())


def waiting_face_rows(library: Library, photo_id: int | None = None) -> list[FaceRow]:
    """Return the faces, of one photo or all, of which something was said and that their pictures do not show now."""
    which = Face.gone_since.is_not(None)
    return _rows(library, which if photo_id is None else which & (Face.photo_id == photo_id))


def unsorted_face_rows(library: Library) -> list[FaceRow]:
    """Return the faces that belong to nobody and are not ignored, by id."""
    return _rows(library, Face.person_id.is_(None) & ~Face.ignored & in_sight())


def ignored_face_rows(library: Library) -> list[FaceRow]:
    """Return the ignored faces in sight, by id."""
    return _rows(library, Face.ignored.is_(True) & in_sight())


def faces_by_id(library: Library, face_ids: Collection[int]) -> dict[int, FaceRow]:
    """Return these faces by id, ignored ones too; those that are gone are absent."""
    return {row.face: row for row in _rows(library, Face.id.in_(among(face_ids)))}


def people_of_faces(library: Library, face_ids: Collection[int]) -> dict[int, int | None]:
    """Return the person of each of these faces, None for nobody; those that are gone are left out."""
    with library.read() as connection:
        return dict(connection.execute(select(Face.id, Face.person_id).where(Face.id.in_(among(face_ids)))).all())


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
        type_coerce(is_doubtful(), Boolean),
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
