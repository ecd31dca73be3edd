"""Which embedder the library uses, whose vectors it holds, and the faces that lack one."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, Select, delete, func, or_, select
from sqlalchemy.dialects.sqlite import dialect, insert

from engine.geometry import Box, Landmarks
from engine.library.changes import Changes
from engine.library.examining import open_unchanged
from engine.library.expiring import has_expired
from engine.library.ids import among
from engine.library.library import Library, Transaction
from engine.library.packed import pack, unpack, unpack_landmarks
from engine.library.sight import in_picture, in_sight
from engine.library.states import PhotoState
from engine.library.tables import Embedding, Face, Folder, ModelInUse, Photo

EMBEDDER, ATTRIBUTES = "embedder", "attributes"
"""Kinds of models in use, as they are written down."""


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
    """The unit vector, float32 (d,), of a face of a photo that was read with this content.

    `length` is how long the vector was before, None where that is not known.
    """

    face_id: int
    content_hash: bytes
    vector: NDArray[np.float32]
    length: float | None = None


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


def attributes_name(library: Library) -> str | None:
    """Return the name of the model that tells ages, None where there is none."""
    with library.read() as connection:
        return connection.scalar(select(ModelInUse.name).where(ModelInUse.kind == ATTRIBUTES))


def use_attributes(library: Library, name: str | None) -> Changes:
    """Let scans tell ages with this model, or with none."""
    with library.write() as transaction:
        transaction.connection.execute(delete(ModelInUse).where(ModelInUse.kind == ATTRIBUTES))
        if name is not None:
            transaction.connection.execute(insert(ModelInUse).values(kind=ATTRIBUTES, name=name))
        # How alike children look counts otherwise now.
        transaction.touched(Changes.of(faces=transaction.connection.scalars(select(Face.id))))
    return transaction.changes


def ages(library: Library, key: str) -> dict[int, float]:
    """Return by face the age in years that the attributes model of this key told."""
    query = select(Embedding.face_id, Embedding.vector).where(Embedding.model == key)
    with library.read() as connection:
        return {face: float(unpack(row)[0]) for face, row in connection.execute(query)}


def ages_in_use(library: Library) -> dict[int, float]:
    """Return by face the age in years that the model in use told; empty where none is in use.

    Years are years whichever version of the model told them; of two, before the older is dropped, the younger counts.
    """
    name = attributes_name(library)
    if name is None:
        return {}
    query = select(Embedding.face_id, Embedding.vector).where(Embedding.model.startswith(f"{name}@", autoescape=True))
    found: dict[int, float] = {}
    with library.read() as connection:
        for face, row in connection.execute(query):
            years = float(np.frombuffer(row, "<f4")[0])
            found[face] = min(years, found.get(face, years))
    return found


def vector_counts(library: Library) -> dict[str, int]:
    """Return how many faces have vectors of each key."""
    with library.read() as connection:
        return dict(connection.execute(select(Embedding.model, func.count()).group_by(Embedding.model)).all())


def lacking_count(library: Library, key: str) -> int:
    """Return how many faces in sight have no vector of this key; neither ignored ones nor expired vectors count."""
    with library.read() as connection:
        return 0 if _all_have_one(connection, key) else connection.scalar(_counting_lacking(key)) or 0


def stated_lacking(path: Path, key: str) -> int:
    """Return the same of a library that is not opened; 0 for one of an older version."""
    statement = _counting_lacking(key).compile(dialect=dialect(), compile_kwargs={"literal_binds": True})
    try:
        with closing(open_unchanged(path)) as connection:
            return int(connection.execute(str(statement)).fetchone()[0])
    except sqlite3.Error:
        return 0


def _counting_lacking(key: str) -> "Select[int]":
    return select(func.count()).select_from(Face).where(_lacks(key), ~Face.ignored, in_sight())


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
        .where(_lacks(key), in_picture())
        .order_by(Folder.path, Photo.relpath, Face.id)
    )
    photos: dict[int, PhotoToEmbed] = {}
    with library.read() as connection:
        if _all_have_one(connection, key):
            return []
        for photo, folder, relpath, state, digest, face, *box, points, drawn in connection.execute(query):
            held = photos.setdefault(
                photo, PhotoToEmbed(photo, Path(folder), Path(folder, relpath), PhotoState(state), digest)
            )
            landmarks = unpack_landmarks(points)
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
            {"face_id": each.face_id, "model": key, "vector": pack(each.vector), "length": each.length}
            for each in vectors
            if each.face_id in same
        ]
        if values:
            stored = insert(Embedding)
            anew = {"vector": stored.excluded.vector, "length": stored.excluded.length}
            connection.execute(stored.on_conflict_do_update(set_=anew), values)
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


def _all_have_one(connection: Connection, key: str) -> bool:
    """Say whether no face lacks a vector of this key, by counting (a face has one at most): asking each takes long."""
    faces = connection.scalar(select(func.count()).select_from(Face))
    return faces == connection.scalar(select(func.count()).select_from(Embedding).where(Embedding.model == key))


def _lacks(key: str) -> ColumnElement[bool]:
    has_one = select(Embedding.face_id).where(Embedding.face_id == Face.id, Embedding.model == key).exists()
    return ~has_one & ~has_expired()
