"""Faces that no detector found."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select, update

from engine.library.changes import Changes
from engine.library.ids import require_photos
from engine.library.indexing import ScannedFace, copy_drawn, insert_drawn
from engine.library.library import Library
from engine.library.tables import Face, Photo
from engine.words import sentence


@dataclass(frozen=True, slots=True)
class NewFace:
    """A face that an edit made, and all that it changed."""

    face_id: int
    changes: Changes


def draw_face(library: Library, photo_id: int, face: ScannedFace, model: str) -> NewFace:
    """Add a face that the user drew, in all files of the picture; scans keep it. Taken back, it stays, ignored.

    `model` made the face's embedding. Raises LibraryError if there is no such photo.
    """
    with library.edit(sentence("Draw a face")) as edit:
        connection = edit.connection
        require_photos(connection, [photo_id])
        files = _files_of_picture(connection, photo_id)
        # The journal records no new faces, only what is said of them: made as ignored, then taken in.
        first = insert_drawn(connection, files[0], face, model, {"ignored": True})
        drawn = {files[0]: first} | {copy: copy_drawn(connection, first, copy) for copy in files[1:]}
        connection.execute(update(Face).where(Face.id == first).values(ignored=False))
        edit.touched(Changes.of(photos=files))
    return NewFace(drawn[photo_id], edit.changes)


def _files_of_picture(connection: Connection, photo_id: int) -> list[int]:
    """Return the photos that show the same picture as this one, the one that stands for all first."""
    original = connection.scalar(select(func.coalesce(Photo.copy_of, Photo.id)).where(Photo.id == photo_id))
    copies = connection.scalars(select(Photo.id).where(Photo.copy_of == original).order_by(Photo.id))
    return [original or photo_id, *copies]
