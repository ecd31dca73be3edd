"""The faces of a photo as they were stored, and where they lay in earlier contents of its file."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, delete, or_, select, text, tuple_, update

from engine.geometry import Box, Landmarks
from engine.library.ids import among
from engine.library.packed import unpack, unpack_landmarks
from engine.library.sight import is_untold
from engine.library.tables import Embedding, Face, FacePlace, JournalEntry, Person, Photo, Rejection

Place = tuple[Box, Landmarks]
"""Box and landmarks, relative (0 to 1) to the upright picture of one content."""


@dataclass(frozen=True, slots=True)
class StoredFace:
    """A face with its place, relative (0 to 1) to the content that was read last and showed it.

    `quality` is 0 to 1; `gone` says that the present content does not show it; `vector` is by the model that was asked
    for, None without one.
    """

    face_id: int
    person_id: int | None
    box: Box
    landmarks: Landmarks
    quality: float
    gone: bool
    vector: NDArray[np.float32] | None


@dataclass(frozen=True, slots=True)
class StoredPhoto:
    """A photo before its new reading: content, pixels of the upright image, and all its faces."""

    content_hash: bytes | None
    width: int | None
    height: int | None
    faces: tuple[StoredFace, ...]


def stored_photos(connection: Connection, models: Mapping[int, str]) -> dict[int, StoredPhoto]:
    """Return these photos (id → the model whose vectors are wanted); those that are gone are absent."""
    wanted = among(models)
    columns = (Face.left, Face.top, Face.width, Face.height, Face.landmarks, Face.quality, Face.gone_since)
    query = select(Face.photo_id, Face.id, Face.person_id, *columns).where(Face.photo_id.in_(wanted), ~Face.withdrawn)
    query = query.order_by(Face.id)
    found = select(Face.photo_id, Face.id, Embedding.model, Embedding.vector).join(Face, Face.id == Embedding.face_id)
    vectors = {
        face: unpack(data)
        for photo, face, model, data in connection.execute(found.where(Face.photo_id.in_(wanted)))
        if models[photo] == model
    }
    faces: dict[int, list[StoredFace]] = defaultdict(list)
    for photo, face, person, *box, points, clarity, gone in connection.execute(query):
        place = Box(*box), unpack_landmarks(points)
        faces[photo].append(StoredFace(face, person, *place, clarity, gone is not None, vectors.get(face)))
    photos = select(Photo.id, Photo.content_hash, Photo.width, Photo.height).where(Photo.id.in_(wanted))
    return {
        photo: StoredPhoto(digest, width, height, tuple(faces[photo]))
        for photo, digest, width, height in connection.execute(photos)
    }


def known_places(connection: Connection, photo_ids: Collection[int]) -> dict[int, dict[bytes, Place]]:
    """Return where the faces (by id) of these photos lay in earlier contents, by the content's hash."""
    columns = (FacePlace.left, FacePlace.top, FacePlace.width, FacePlace.height, FacePlace.landmarks)
    query = select(FacePlace.face_id, FacePlace.content_hash, *columns).join(Face)
    places: dict[int, dict[bytes, Place]] = defaultdict(dict)
    for face, digest, *box, points in connection.execute(query.where(Face.photo_id.in_(among(photo_ids)))):
        places[face][digest] = (Box(*box), unpack_landmarks(points))
    return dict(places)


def keep_places(connection: Connection, photo_ids: Collection[int]) -> None:
    """Note where the faces of these photos lie in the content that is about to be replaced.

    Withdrawn ones are deleted: nobody knows where they would be in another content.
    """
    connection.execute(delete(Face).where(Face.photo_id.in_(among(photo_ids)), Face.withdrawn))
    statement = text("""
        INSERT INTO face_places(face_id, content_hash, "left", top, width, height, landmarks)
        SELECT f.id, p.content_hash, f."left", f.top, f.width, f.height, f.landmarks
        FROM faces AS f JOIN photos AS p ON p.id = f.photo_id
        WHERE f.photo_id IN (SELECT value FROM json_each(:photos))
          AND f.gone_since IS NULL AND p.content_hash IS NOT NULL
        ON CONFLICT(face_id, content_hash) DO UPDATE SET "left" = excluded."left", top = excluded.top,
            width = excluded.width, height = excluded.height, landmarks = excluded.landmarks
    """)
    connection.execute(statement, {"photos": str(sorted(photo_ids))})


def not_in_history(connection: Connection, faces: Collection[int]) -> list[int]:
    """Return those of these faces of which no step says anything that can be undone or redone."""
    if not faces:
        return []
    of_faces = JournalEntry.table_name.in_(("faces", "rejections"))
    named = select(JournalEntry.row_id).where(of_faces, JournalEntry.row_id.in_(among(faces)))
    return sorted(set(faces) - set(connection.scalars(named)))


def delete_unspoken(connection: Connection, lost: Collection[int]) -> None:
    """Delete those of these faces of which nobody has said anything."""
    spoken = or_(
        ~is_untold(),
        Face.ignored,
        Face.drawn,
        select(Rejection.face_id).where(Rejection.face_id == Face.id).exists(),
        select(Person.id).where(Person.cover_face_id == Face.id).exists(),
    )
    if lost:
        connection.execute(delete(Face).where(Face.id.in_(among(lost)), ~spoken))


def forget_vectors_of_other_pixels(connection: Connection, faces: Mapping[int, str]) -> None:
    """Delete the vectors of these faces (id → the model that was just asked) that other models made."""
    if faces:
        rows = select(Embedding.face_id, Embedding.model).where(Embedding.face_id.in_(among(faces)))
        old = [(face, model) for face, model in connection.execute(rows) if faces[face] != model]
        if old:
            connection.execute(delete(Embedding).where(tuple_(Embedding.face_id, Embedding.model).in_(old)))


def let_wait(connection: Connection, faces: Collection[int]) -> None:
    """Note that the pictures of these faces do not show them any more."""
    if faces:
        waiting = update(Face).where(Face.id.in_(among(faces)), Face.gone_since.is_(None))
        connection.execute(waiting.values(gone_since=datetime.now(UTC), copy_of=None))
