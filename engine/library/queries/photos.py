"""Photos as rows."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select

from engine.library.library import Library
from engine.library.states import PhotoState
from engine.library.tables import Face, Folder, Photo


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """A photo. `path` is absolute, width and height are pixels of the upright image, ignored faces do not count."""

    id: int
    path: Path
    state: PhotoState
    problem: str | None
    width: int | None
    height: int | None
    taken_at: datetime | None
    faces: int


def photo_rows(library: Library, *, only_problems: bool = False) -> list[PhotoRow]:
    """Return all photos by folder and path, or only those that cannot be read."""
    faces = select(func.count()).where(Face.photo_id == Photo.id, ~Face.ignored).scalar_subquery()
    query = (
        select(
            Photo.id,
            Folder.path,
            Photo.relpath,
            Photo.state,
            Photo.problem,
            Photo.width,
            Photo.height,
            Photo.taken_at,
            faces,
        )
        .join(Folder, Folder.id == Photo.folder_id)
        .order_by(Folder.path, Photo.relpath)
    )
    if only_problems:
        query = query.where(Photo.problem.is_not(None))
    with library.read() as connection:
        return [
            PhotoRow(photo_id, Path(folder, relpath), *rest)
            for photo_id, folder, relpath, *rest in connection.execute(query)
        ]
