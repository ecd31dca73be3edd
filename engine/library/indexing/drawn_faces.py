"""Faces that no detector found: somebody framed them."""

from collections.abc import Mapping

from sqlalchemy import Connection, insert

from engine.library.indexing.scan_results import ScannedFace, face_columns
from engine.library.packed import pack
from engine.library.tables import Embedding, Face


def insert_drawn(
    connection: Connection, photo_id: int, face: ScannedFace, model: str, said: Mapping[str, object]
) -> int:
    """Store a drawn face with its embedding by `model` and what is `said` of it (columns); return its id."""
    row = {"photo_id": photo_id, "drawn": True, **said, **face_columns(face)}
    face_id: int = connection.execute(insert(Face).values(row).returning(Face.id)).scalar_one()
    stored = {"face_id": face_id, "model": model, "vector": pack(face.embedding), "length": face.length}
    connection.execute(insert(Embedding).values(stored))
    return face_id
