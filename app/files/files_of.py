"""The files behind what a page shows: what is dragged out of the window, copied, or opened elsewhere."""

from collections.abc import Callable, Sequence
from pathlib import Path

from engine.library.library import Library
from engine.library.queries import faces_by_id, photos_by_id
from engine.library.queries.named_photos import photos_with

FilesOf = Callable[[Library, Sequence[int]], list[Path]]
"""Reads the library, so it is called off the GUI thread: ids of what is shown → absolute paths, each once."""


def files_of_photos(library: Library, photos: Sequence[int]) -> list[Path]:
    """Return the files of photos, in their order; a photo that is gone has none."""
    rows = photos_by_id(library, photos)
    return [rows[photo].path for photo in photos if photo in rows]


def files_of_faces(library: Library, faces: Sequence[int]) -> list[Path]:
    """Return the files of the photos that show these faces, in their order."""
    rows = faces_by_id(library, faces)
    return list(dict.fromkeys(rows[face].photo for face in faces if face in rows))


def files_of_people(library: Library, people: Sequence[int]) -> list[Path]:
    """Return the files of the photos that show any of these people, one person after the other."""
    return list(dict.fromkeys(path for person in people for path in photos_with(library, [person])))
