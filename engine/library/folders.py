"""The roots that the user added."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from engine.errors import LibraryError
from engine.library.changes import Changes
from engine.library.ids import among
from engine.library.library import Library
from engine.library.tables import Folder, Photo
from engine.paths import real_path
from engine.scan.closed_folders import is_entered
from engine.words import sentence


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

    One that lies inside a known folder is that folder, unless the walk of that one leaves it out (a hidden folder, one
    with a `.nomedia` file): then it is a folder of its own. One that holds known folders takes those over that its walk
    comes to. Photos that change their folder keep all that is known about them. Raises KinfolkError if there is no such
    folder.
    """
    resolved = real_path(path)
    if not resolved.is_dir():
        raise LibraryError(
            sentence("There is no folder {path}.", path=path),
            sentence("Check the path, or connect the disk that holds it."),
        )
    known = {row.path: row.id for row in folders(library)}
    above = {at: known[at] for at in (resolved, *resolved.parents) if at in known}
    for at, holder in above.items():
        if is_entered(at, resolved):
            return holder
    inner = {at: inner_id for at, inner_id in known.items() if resolved in at.parents and is_entered(resolved, at)}
    with library.write() as transaction:
        connection = transaction.connection
        added = insert(Folder).values(path=str(resolved), added_at=datetime.now(UTC)).returning(Folder.id)
        folder_id = connection.execute(added).scalar_one()
        below = _hand_down(connection, above, folder_id, resolved)
        taken = _take_over(connection, inner, folder_id, resolved)
        touched = [folder_id, *above.values(), *inner.values()]
        transaction.touched(Changes.of(folders=touched, photos=[*below, *taken]))
    return folder_id


def forget_folders(library: Library, ids: Collection[int]) -> Changes:
    """Take those of these folders out of the library that hold no photo any more."""
    empty = ~select(Photo.id).where(Photo.folder_id == Folder.id).exists()
    with library.write() as transaction:
        gone = delete(Folder).where(Folder.id.in_(among(ids)), empty).returning(Folder.id)
        transaction.touched(Changes.of(folders=transaction.connection.scalars(gone).all()))
    return transaction.changes


def _take_over(connection: Connection, inner: dict[Path, int], folder_id: int, path: Path) -> list[int]:
    """Move the photos of folders into one above them and return their ids, which stay, with all answers."""
    moved: dict[int, str] = {}
    for at, inner_id in inner.items():
        prefix = at.relative_to(path).parts
        moved |= {photo_id: "/".join((*prefix, below)) for photo_id, below in _relpaths(connection, inner_id)}
    _move(connection, moved, folder_id)
    connection.execute(delete(Folder).where(Folder.id.in_(among(inner.values()))))
    return list(moved)


def _hand_down(connection: Connection, above: dict[Path, int], folder_id: int, path: Path) -> list[int]:
    """Move photos that lie in a new folder out of the folders above it, which no longer come to it."""
    moved: dict[int, str] = {}
    for at, outer_id in above.items():
        prefix = f"{'/'.join(path.relative_to(at).parts)}/"
        inside = (row for row in _relpaths(connection, outer_id) if row[1].startswith(prefix))
        moved |= {photo_id: relpath.removeprefix(prefix) for photo_id, relpath in inside}
    _move(connection, moved, folder_id)
    return list(moved)


def _relpaths(connection: Connection, folder_id: int) -> list[tuple[int, str]]:
    rows = connection.execute(select(Photo.id, Photo.relpath).where(Photo.folder_id == folder_id))
    return [(photo_id, relpath) for photo_id, relpath in rows]


def _move(connection: Connection, relpaths: dict[int, str], folder_id: int) -> None:
    if relpaths:
        move = update(Photo).where(Photo.id == bindparam("photo")).values(folder_id=folder_id, relpath=bindparam("to"))
        connection.execute(move, [{"photo": photo_id, "to": relpath} for photo_id, relpath in relpaths.items()])
