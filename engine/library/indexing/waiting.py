"""Faces that wait because no reading of their changed photo found them: where they may be, and putting them there."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, delete, insert, select, update

from engine.faces.layout import TURNED, Layout, fitted_layout
from engine.geometry import Box, Landmarks
from engine.library.changes import Changes
from engine.library.ids import among
from engine.library.indexing.face_matching import SAME_FACE_IOU
from engine.library.indexing.scan_results import place_columns
from engine.library.indexing.stored_faces import Place, StoredFace, delete_unspoken, known_places, stored_photos
from engine.library.library import Library
from engine.library.packed import pack
from engine.library.states import PhotoState
from engine.library.tables import Embedding, Face, Folder, Photo


@dataclass(frozen=True, slots=True)
class PossiblePlace:
    """Where a face may lie in the present content, relative (0 to 1); `told` by where the picture's other faces are."""

    box: Box
    landmarks: Landmarks
    told: bool


@dataclass(frozen=True, slots=True)
class WaitingFace:
    """A face that waits, its unit vector and quality, and where it may be, the likeliest place first."""

    face_id: int
    vector: NDArray[np.float32]
    quality: float
    places: tuple[PossiblePlace, ...]


@dataclass(frozen=True, slots=True)
class SearchedPhoto:
    """A photo that was read with this content and in which faces wait; `path` is absolute."""

    photo_id: int
    path: Path
    content_hash: bytes
    faces: tuple[WaitingFace, ...]


@dataclass(frozen=True, slots=True)
class FoundAgain:
    """A waiting face with its place in the present content and its vector, by the model in use, of these pixels.

    `length` is how long the vector was before it had unit length, None where that is not known.
    """

    face_id: int
    box: Box
    landmarks: Landmarks
    vector: NDArray[np.float32]
    length: float | None = None


def waiting_faces(library: Library, photo_ids: Collection[int], model: str) -> list[SearchedPhoto]:
    """Return those of these photos in which faces wait that have a vector by `model`, if they were read to an end."""
    waiting = Face.photo_id.in_(among(photo_ids)) & Face.gone_since.is_not(None)
    query = (
        select(Photo.id, Folder.path, Photo.relpath, Photo.content_hash)
        .join(Folder, Folder.id == Photo.folder_id)
        .where(Photo.id.in_(select(Face.photo_id).where(waiting)), Photo.state == PhotoState.SCANNED)
    )
    with library.read() as connection:
        rows = connection.execute(query).all()
        photos = stored_photos(connection, {photo: model for photo, *_ in rows})
        earlier = known_places(connection, photos.keys())
    found = []
    for photo, folder, relpath, digest in rows:
        faces = tuple(
            WaitingFace(face.face_id, face.vector, face.quality, places)
            for face in photos[photo].faces
            if face.gone and face.vector is not None and (places := _possible(face, photos[photo].faces, earlier))
        )
        if faces and digest is not None:
            found.append(SearchedPhoto(photo, Path(folder, relpath), digest, faces))
    return found


def _possible(
    face: StoredFace, others: Sequence[StoredFace], earlier: Mapping[int, Mapping[bytes, Place]]
) -> tuple[PossiblePlace, ...]:
    """Return where a face may be now, by where it lay in each earlier content and how that lies to the present one."""
    told: list[PossiblePlace] = []
    guessed: list[PossiblePlace] = []
    for digest, (box, landmarks) in earlier.get(face.face_id, {}).items():
        known = [one for one in others if not one.gone and digest in earlier.get(one.face_id, {})]
        before = [earlier[one.face_id][digest][1] for one in known]
        layout = fitted_layout(before, [one.landmarks for one in known])
        told += _inside([] if layout is None else [layout], box, landmarks, told=True)
        guessed += _inside(TURNED, box, landmarks, told=False)
    return (*told, *guessed)


def _inside(layouts: Sequence[Layout], box: Box, landmarks: Landmarks, *, told: bool) -> list[PossiblePlace]:
    """Return the places under these layouts that lie in the picture."""
    places = [PossiblePlace(layout.box(box), layout.landmarks(landmarks), told) for layout in layouts]
    return [place for place in places if ((place.landmarks >= 0) & (place.landmarks <= 1)).all()]


def put_waiting(library: Library, photo: SearchedPhoto, found: Sequence[FoundAgain], model: str) -> Changes:
    """Put waiting faces where they were found; a detection there of which nobody said anything was no other face.

    Nothing is written where the photo was read anew meanwhile; a face is left waiting where another one is that counts.
    """
    with library.write() as transaction:
        connection = transaction.connection
        now = stored_photos(connection, {photo.photo_id: model}).get(photo.photo_id)
        if now is None or now.content_hash != photo.content_hash:
            return transaction.changes
        waiting = {face.face_id for face in now.faces if face.gone}
        for one in (one for one in found if one.face_id in waiting):
            in_the_way = [
                face.face_id for face in now.faces if not face.gone and face.box.iou(one.box) >= SAME_FACE_IOU
            ]
            delete_unspoken(connection, in_the_way)
            if connection.scalar(select(Face.id).where(Face.id.in_(among(in_the_way))).limit(1)) is None:
                _put(connection, one, model)
        people = (face.person_id for face in now.faces if face.person_id is not None)
        faces = (face.face_id for face in now.faces)
        transaction.touched(Changes.of(photos=[photo.photo_id], faces=faces, people=people))
    return transaction.changes


def _put(connection: Connection, found: FoundAgain, model: str) -> None:
    place = place_columns(found.box, found.landmarks)
    connection.execute(update(Face).where(Face.id == found.face_id).values(**place, gone_since=None))
    connection.execute(delete(Embedding).where(Embedding.face_id == found.face_id))
    stored = {"face_id": found.face_id, "model": model, "vector": pack(found.vector), "length": found.length}
    connection.execute(insert(Embedding).values(stored))
