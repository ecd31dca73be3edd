"""The roots that the user added."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from engine.errors import LibraryError
from engine.library.changes import Changes
from engine.library.library import Library
from engine.library.tables import Folder, Photo


@dataclass(frozen=True, slots=True)
class FolderRow:
    """A folder; `path` is absolute."""

    id: int
    path: Path
    added_at: datetime


def folders(library: Library) -> list[FolderRow]:
    """Return all folders by path."""
    with library.read() as connection:
        rows = connection.execute(select(Folder.id, Folder.path, Folder.added_at).order_by(Folder.path)).all()
    return [FolderRow(folder_id, Path(path), added_at) for folder_id, path, added_at in rows]


def add_folder(library: Library, path: Path) -> int:
    """Add a folder and return its id.

    One that lies inside a known folder is that folder. One that holds known folders takes their photos over, with all
    that is known about them. Raises LibraryError if there is no such folder.
    """
    resolved = path.expanduser().resolve()
    if not resolved.is_dir():
        raise LibraryError(f"There is no folder {path}.", "Check the path, or connect the disk that holds it.")
    with library.write() as transaction:
        connection = transaction.connection
        known = {Path(at): folder_id for folder_id, at in connection.execute(select(Folder.id, Folder.path))}
        for ancestor in (resolved, *resolved.parents):
            if ancestor in known:
                return known[ancestor]
        added = insert(Folder).values(path=str(resolved), added_at=datetime.now(UTC)).returning(Folder.id)
        folder_id = connection.execute(added).scalar_one()
        inner = {at: inner_id for at, inner_id in known.items() if resolved in at.parents}
        for at, inner_id in inner.items():
            photos = _take_over(connection, inner_id, folder_id, at.relative_to(resolved))
            transaction.touched(Changes.of(photos=photos))
        transaction.touched(Changes.of(folders=[folder_id, *inner.values()]))
    return folder_id


def _take_over(connection: Connection, inner_id: int, folder_id: int, prefix: Path) -> list[int]:
    """Move the photos of a folder into one above it and return their ids, which stay, with all answers."""
    rows = connection.execute(select(Photo.id, Photo.relpath).where(Photo.folder_id == inner_id)).all()
    moved = [{"photo": photo_id, "to": "/".join((*prefix.parts, relpath))} for photo_id, relpath in rows]
    if moved:
        move = update(Photo).where(Photo.id == bindparam("photo")).values(folder_id=folder_id, relpath=bindparam("to"))
        connection.execute(move, moved)
    connection.execute(delete(Folder).where(Folder.id == inner_id))
    return [photo_id for photo_id, _ in rows]
