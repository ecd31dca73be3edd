"""Faces that no detector found."""

from dataclasses import dataclass

from sqlalchemy import insert, update

from engine.library.changes import Changes
from engine.library.ids import require_photos
from engine.library.indexing import ScannedFace
from engine.library.indexing.scan_results import embedding_bytes, face_columns
from engine.library.library import Library
from engine.library.tables import Embedding, Face


@dataclass(frozen=True, slots=True)
class NewFace:
    """A face that an edit made, and all that it changed."""

    face_id: int
    changes: Changes


def draw_face(library: Library, photo_id: int, face: ScannedFace, model: str) -> NewFace:
    """Add a face that the user drew; scans keep it. Taken back, it stays as an ignored face.

    `model` made the face's embedding. Raises LibraryError if there is no such photo.
    """
    with library.edit("Draw a face") as edit:
        connection = edit.connection
        require_photos(connection, [photo_id])
        # The journal records no new faces, only what is said of them: made as ignored, then taken in.
        made = insert(Face).values(photo_id=photo_id, drawn=True, ignored=True, **face_columns(face))
        face_id = connection.execute(made.returning(Face.id)).scalar_one()
        connection.execute(insert(Embedding).values(face_id=face_id, model=model, vector=embedding_bytes(face)))
        connection.execute(update(Face).where(Face.id == face_id).values(ignored=False))
        edit.touched(Changes.of(photos=[photo_id]))
    return NewFace(face_id, edit.changes)
