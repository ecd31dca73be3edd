"""A folder that lies elsewhere now: a disk with another name, a folder that was moved as a whole."""

from pathlib import Path

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.sqlite import insert

from engine.errors import LibraryError
from engine.library.changes import Changes
from engine.library.ids import require_folders
from engine.library.library import Library
from engine.library.tables import Folder, OtherFolder, Photo
from engine.paths import real_path
from engine.words import sentence

LOOKED_FOR = 200
"""Photos of the folder that are looked for at the new place, evenly chosen."""


def move_folder(library: Library, folder_id: int, path: Path) -> Changes:
    """Note that a folder with all below it is at `path` now; photos, names and answers stay as they are.

    Raises LibraryError if there is no such folder in the library or on the disk, if none of its photos is found at the
    new place, or if that is, holds or lies in another folder of the library.
    """
    resolved = real_path(path)
    if not resolved.is_dir():
        raise LibraryError(
            sentence("There is no folder {path}.", path=path),
            sentence("Check the path, or connect the disk that holds it."),
        )
    with library.read() as connection:
        require_folders(connection, [folder_id])
        relpaths = connection.scalars(select(Photo.relpath).where(Photo.folder_id == folder_id)).all()
    looked_for = relpaths[:: max(1, len(relpaths) // LOOKED_FOR)]
    if relpaths and not any((resolved / relpath).is_file() for relpath in looked_for):
        raise LibraryError(
            sentence("The photos of the folder are not in {path}.", path=path),
            sentence("Choose the folder in which they lie as they did before."),
        )
    with library.write() as transaction:
        connection = transaction.connection
        _refuse_known(connection, folder_id, resolved)
        connection.execute(update(Folder).where(Folder.id == folder_id).values(path=str(resolved)))
        photos = connection.scalars(select(Photo.id).where(Photo.folder_id == folder_id)).all()
        transaction.touched(Changes.of(folders=[folder_id], photos=photos))
    return transaction.changes


def other_folders(library: Library) -> set[tuple[int, Path]]:
    """Return folders, by id, with places of which somebody said that what lies there is another folder."""
    with library.read() as connection:
        rows = connection.execute(select(OtherFolder.folder_id, OtherFolder.path))
        return {(folder, Path(path)) for folder, path in rows}


def note_other_folder(library: Library, folder_id: int, path: Path) -> Changes:
    """Remember that what lies at `path` is another folder, though it looks the same; a scan adds it as a new one.

    Raises LibraryError if there is no such folder in the library.
    """
    with library.write_said() as transaction:
        _note_other(transaction.connection, folder_id, real_path(path))
        transaction.touched(Changes.of(folders=[folder_id]))
    return transaction.changes


def part_folders(library: Library, old: Path, path: Path) -> Changes:
    """Say that the folder at `path` is not the one that lay at `old`; where it was taken for it, take that back.

    Raises LibraryError if the library knows neither of the two, or another folder stands where the old one lay.
    """
    before, now = real_path(old), real_path(path)
    with library.write_said() as transaction:
        connection = transaction.connection
        known = {Path(place): folder for folder, place in connection.execute(select(Folder.id, Folder.path))}
        if before in known:
            folder_id = known[before]
        elif now in known:
            folder_id = known[now]
            _refuse_known(connection, folder_id, before)
            connection.execute(update(Folder).where(Folder.id == folder_id).values(path=str(before)))
        else:
            raise LibraryError(
                sentence("Neither {old} nor {path} is a folder of the library.", old=old, path=path),
                sentence("Check both paths."),
            )
        _note_other(connection, folder_id, now)
        photos = connection.scalars(select(Photo.id).where(Photo.folder_id == folder_id)).all()
        transaction.touched(Changes.of(folders=[folder_id], photos=photos))
    return transaction.changes


def _note_other(connection: Connection, folder_id: int, path: Path) -> None:
    require_folders(connection, [folder_id])
    noted = insert(OtherFolder).values(folder_id=folder_id, path=str(path))
    connection.execute(noted.on_conflict_do_nothing())


def _refuse_known(connection: Connection, folder_id: int, path: Path) -> None:
    for other in connection.scalars(select(Folder.path).where(Folder.id != folder_id)):
        known = Path(other)
        if path == known or known in path.parents or path in known.parents:
            raise LibraryError(
                sentence("{path} overlaps {known}, which is in the library too.", path=path, known=known),
                sentence("Choose another folder."),
            )
