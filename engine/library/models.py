"""Which embedder the library uses, whose vectors it holds, and the faces that lack one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy.dialects.sqlite import insert

from engine.geometry import Box, Landmarks
from engine.library.changes import Changes
from engine.library.ids import among
from engine.library.library import Library, Transaction
from engine.library.states import PhotoState
from engine.library.tables import Embedding, Face, Folder, ModelInUse, Photo

EMBEDDER = "embedder"


@dataclass(frozen=True, slots=True)
class FaceToEmbed:
    """A stored face; box and landmarks are relative (0 to 1) to the upright photo."""

    face_id: int
    box: Box
    landmarks: Landmarks
    drawn: bool


@dataclass(frozen=True, slots=True)
class PhotoToEmbed:
    """A photo with faces that lack a vector; `content_hash` is that of the content in which they were found."""

    photo_id: int
    folder: Path
    path: Path
    state: PhotoState
    content_hash: bytes | None
    faces: list[FaceToEmbed] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FaceVector:
    """The unit vector, float32 (d,), of a face of a photo that was read with this content."""

    face_id: int
    content_hash: bytes
    vector: NDArray[np.float32]


def embedder_name(library: Library) -> str | None:
    """Return the name of the embedder in use, None for the default one."""
    with library.read() as connection:
        return connection.scalar(select(ModelInUse.name).where(ModelInUse.kind == EMBEDDER))


def use_embedder(library: Library, name: str) -> Changes:
    """Let the library use this embedder from now on. Nothing that anybody said is touched, and nobody moves."""
    with library.write() as transaction:
        note_embedder(transaction, name)
    return transaction.changes


def note_embedder(transaction: Transaction, name: str) -> None:
    """Write down the embedder in use, inside a transaction."""
    stored = insert(ModelInUse).values(kind=EMBEDDER, name=name)
    transaction.connection.execute(stored.on_conflict_do_update(set_={"name": name}))
    # Every view that compares faces shows other figures now.
    transaction.touched(Changes.of(faces=transaction.connection.scalars(select(Face.id))))


def vector_counts(library: Library) -> dict[str, int]:
    """Return how many faces have vectors of each key."""
    with library.read() as connection:
        return dict(connection.execute(select(Embedding.model, func.count()).group_by(Embedding.model)).all())


def lacking_count(library: Library, key: str) -> int:
    """Return how many faces have no vector of this key; ignored ones do not count."""
    with library.read() as connection:
        return connection.scalar(select(func.count()).select_from(Face).where(_lacks(key), ~Face.ignored)) or 0


def photos_to_embed(library: Library, key: str) -> list[PhotoToEmbed]:
    """Return the photos with faces, ignored ones too, that have no vector of this key, by folder and path."""
    query = (
        select(
            Photo.id,
            Folder.path,
            Photo.relpath,
            Photo.state,
            Photo.content_hash,
            Face.id,
            Face.left,
            Face.top,
            Face.width,
            Face.height,
            Face.landmarks,
            Face.drawn,
        )
        .join(Photo, Photo.id == Face.photo_id)
        .join(Folder, Folder.id == Photo.folder_id)
        .where(_lacks(key))
        .order_by(Folder.path, Photo.relpath, Face.id)
    )
    photos: dict[int, PhotoToEmbed] = {}
    with library.read() as connection:
        for photo, folder, relpath, state, digest, face, *box, points, drawn in connection.execute(query):
            held = photos.setdefault(
                photo, PhotoToEmbed(photo, Path(folder), Path(folder, relpath), PhotoState(state), digest)
            )
            landmarks = np.frombuffer(points, "<f4").reshape(5, 2)
            held.faces.append(FaceToEmbed(face, Box(*box), landmarks, bool(drawn)))
    return list(photos.values())


def store_vectors(library: Library, key: str, vectors: Sequence[FaceVector]) -> Changes:
    """Store vectors beside those of other models.

    A face that is gone meanwhile, or whose photo was read anew with other content, is left out; the ids tell.
    """
    hashes = {vector.face_id: vector.content_hash for vector in vectors}
    there = select(Face.id, Face.photo_id, Photo.content_hash).join(Photo, Photo.id == Face.photo_id)
    with library.write() as transaction:
        connection = transaction.connection
        rows = connection.execute(there.where(Face.id.in_(among(hashes)))).all()
        same = {face for face, _, digest in rows if digest == hashes[face]}
        values = [
            {"face_id": each.face_id, "model": key, "vector": np.ascontiguousarray(each.vector, "<f4").tobytes()}
            for each in vectors
            if each.face_id in same
        ]
        if values:
            stored = insert(Embedding)
            connection.execute(stored.on_conflict_do_update(set_={"vector": stored.excluded.vector}), values)
        transaction.touched(Changes.of(faces=same))
    return transaction.changes


def forget_vectors(library: Library, name: str) -> int:
    """Delete every vector that a model of this name made, whatever its file was; return how many they were.

    They can be made again from the photos. Nothing that anybody said is touched.
    """
    prefix = f"{name}@"
    named = or_(Embedding.model == name, func.substr(Embedding.model, 1, len(prefix)) == prefix)
    with library.write() as transaction:
        gone = transaction.connection.execute(delete(Embedding).where(named).returning(Embedding.face_id)).all()
        transaction.touched(Changes.of(faces=(face for (face,) in gone)))
    return len(gone)


def _lacks(key: str) -> ColumnElement[bool]:
    has_one = select(Embedding.face_id).where(Embedding.face_id == Face.id, Embedding.model == key).exists()
    return ~has_one
