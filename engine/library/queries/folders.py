"""Folders as rows."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from engine.library.library import Library
from engine.library.states import UNREAD, PhotoState
from engine.library.tables import Folder, Photo


@dataclass(frozen=True, slots=True)
class FolderSummary:
    """A folder; `path` is absolute. Of its `photos`, some are `missing`, some `broken`, and some `unread` yet."""

    id: int
    path: Path
    photos: int
    missing: int
    broken: int
    unread: int


def folder_rows(library: Library) -> list[FolderSummary]:
    """Return all folders by path, those without photos too."""
    tallies = (
        select(
            Photo.folder_id,
            func.count().label("photos"),
            func.count().filter(Photo.state == PhotoState.MISSING).label("missing"),
            func.count().filter(Photo.state == PhotoState.BROKEN).label("broken"),
            func.count().filter(Photo.state.in_(UNREAD)).label("unread"),
        )
        .group_by(Photo.folder_id)
        .subquery()
    )
    numbers = (func.coalesce(tallies.c[name], 0) for name in ("photos", "missing", "broken", "unread"))
    query = (
        select(Folder.id, Folder.path, *numbers)
        .outerjoin(tallies, tallies.c.folder_id == Folder.id)
        .order_by(Folder.path)
    )
    with library.read() as connection:
        return [FolderSummary(one, Path(path), *rest) for one, path, *rest in connection.execute(query)]
