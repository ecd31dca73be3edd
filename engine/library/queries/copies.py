"""Files that show one picture."""

from collections import defaultdict
from pathlib import Path

from sqlalchemy import func, select

from engine.library.library import Library
from engine.library.states import PhotoState
from engine.library.tables import Folder, Photo


def copies_of_photos(library: Library) -> dict[int, list[Path]]:
    """Return for each photo that has copies or is one the absolute paths of the other files of its picture, by path.

    Files that are gone are no copies.
    """
    picture = func.coalesce(Photo.copy_of, Photo.id)
    query = (
        select(picture, Photo.id, Folder.path, Photo.relpath)
        .join(Folder, Folder.id == Photo.folder_id)
        .where(picture.in_(select(Photo.copy_of).where(Photo.copy_of.is_not(None))), Photo.state != PhotoState.MISSING)
        .order_by(Folder.path, Photo.relpath)
    )
    pictures: dict[int, list[tuple[int, Path]]] = defaultdict(list)
    with library.read() as connection:
        for one, photo_id, folder, relpath in connection.execute(query):
            pictures[one].append((photo_id, Path(folder, relpath)))
    return {
        photo_id: [path for other, path in files if other != photo_id]
        for files in pictures.values()
        for photo_id, _ in files
    }
