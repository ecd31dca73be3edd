"""Photos as rows."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, true

from engine.library.ids import among
from engine.library.library import Library
from engine.library.sight import in_picture
from engine.library.states import PhotoState
from engine.library.tables import Face, Folder, Photo


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """A photo. `path` is absolute, width and height are pixels of the upright image, ignored faces do not count.

    `problem` says why it cannot be read, or, where its state is SCANNED, what of it could not be read. How exact the
    date is and where it came from are words of `scan.dates`; `copy_of` is the photo that this one is counted as.
    """

    id: int
    path: Path
    state: PhotoState
    problem: str | None
    width: int | None
    height: int | None
    taken_at: datetime | None
    faces: int
    taken_precision: str | None = None
    taken_from: str | None = None
    copy_of: int | None = None


def photo_rows(library: Library) -> list[PhotoRow]:
    """Return all photos by folder and path."""
    return _rows(library, true())


def problem_photo_rows(library: Library) -> list[PhotoRow]:
    """Return the photos that cannot be read, or not wholly, by folder and path."""
    return _rows(library, Photo.problem.is_not(None) | Photo.note.is_not(None))


def photos_by_id(library: Library, photo_ids: Collection[int]) -> dict[int, PhotoRow]:
    """Return these photos by id; those that are gone are absent."""
    return {row.id: row for row in _rows(library, Photo.id.in_(among(photo_ids)))}


def _rows(library: Library, which: ColumnElement[Any]) -> list[PhotoRow]:
    faces = select(func.count()).where(Face.photo_id == Photo.id, ~Face.ignored, in_picture()).scalar_subquery()
    query: Select[Any] = (
        select(
            Photo.id,
            Folder.path,
            Photo.relpath,
            Photo.state,
            func.coalesce(Photo.problem, Photo.note),
            Photo.width,
            Photo.height,
            Photo.taken_at,
            faces,
            Photo.taken_precision,
            Photo.taken_from,
            Photo.copy_of,
        )
        .join(Folder, Folder.id == Photo.folder_id)
        .where(which)
        .order_by(Folder.path, Photo.relpath)
    )
    with library.read() as connection:
        return [
            PhotoRow(photo_id, Path(folder, relpath), *rest)
            for photo_id, folder, relpath, *rest in connection.execute(query)
        ]
