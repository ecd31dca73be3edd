"""A folder that lies elsewhere now: a disk with another name, a folder that was moved as a whole."""

from pathlib import Path

from sqlalchemy import Connection, select, update

from engine.errors import LibraryError
from engine.library.changes import Changes
from engine.library.ids import require_folders
from engine.library.library import Library
from engine.library.tables import Folder, Photo
from engine.paths import real_path

LOOKED_FOR = 200
"""Photos of the folder that are looked for at the new place, evenly chosen."""


def move_folder(library: Library, folder_id: int, path: Path) -> Changes:
    """Note that a folder with all below it is at `path` now; photos, names and answers stay as they are.

    Raises LibraryError if there is no such folder in the library or on the disk, if none of its photos is found at the
    new place, or if that is, holds or lies in another folder of the library.
    """
    resolved = real_path(path)
    if not resolved.is_dir():
        raise LibraryError(f"There is no folder {path}.", "Check the path, or connect the disk that holds it.")
    with library.read() as connection:
        require_folders(connection, [folder_id])
        relpaths = connection.scalars(select(Photo.relpath).where(Photo.folder_id == folder_id)).all()
    looked_for = relpaths[:: max(1, len(relpaths) // LOOKED_FOR)]
    if relpaths and not any((resolved / relpath).is_file() for relpath in looked_for):
        raise LibraryError(
            f"The photos of the folder are not in {path}.", "Choose the folder in which they lie as they did before."
        )
    with library.write() as transaction:
        connection = transaction.connection
        _refuse_known(connection, folder_id, resolved)
        connection.execute(update(Folder).where(Folder.id == folder_id).values(path=str(resolved)))
        photos = connection.scalars(select(Photo.id).where(Photo.folder_id == folder_id)).all()
        transaction.touched(Changes.of(folders=[folder_id], photos=photos))
    return transaction.changes


def _refuse_known(connection: Connection, folder_id: int, path: Path) -> None:
    for other in connection.scalars(select(Folder.path).where(Folder.id != folder_id)):
        known = Path(other)
        if path == known or known in path.parents or path in known.parents:
            raise LibraryError(f"{path} overlaps {known}, which is in the library too.", "Choose another folder.")
