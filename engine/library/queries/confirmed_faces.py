"""Faces whose person somebody confirmed and named: what can be learnt from."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from sqlalchemy import select

from engine.geometry import Landmarks
from engine.library.library import Library
from engine.library.packed import unpack_landmarks
from engine.library.sight import in_sight
from engine.library.states import SPOKEN, PhotoState
from engine.library.tables import Face, Folder, Person, Photo


@dataclass(frozen=True, slots=True)
class ConfirmedFace:
    """A confirmed face of a named person; `landmarks` (5, 2) float32 are relative (0 to 1) to the upright photo.

    `photo` is absolute, `taken_at` the camera's local time, None where the photo does not say.
    """

    face: int
    person: int
    photo: Path
    landmarks: Landmarks
    quality: float
    taken_at: datetime | None


def confirmed_faces(library: Library) -> list[ConfirmedFace]:
    """Return the confirmed faces of all named people whose photos are there, by person and face."""
    columns = (Face.id, Face.person_id, Folder.path, Photo.relpath, Face.landmarks, Face.quality, Photo.taken_at)
    query = (
        select(*columns)
        .join(Photo, Photo.id == Face.photo_id)
        .join(Folder, Folder.id == Photo.folder_id)
        .join(Person, Person.id == Face.person_id)
        .where(Person.name.is_not(None), Face.source.in_(SPOKEN), ~Face.ignored, in_sight())
        .where(Photo.state == PhotoState.SCANNED)
        .order_by(Face.person_id, Face.id)
    )
    with library.read() as connection:
        return [
            ConfirmedFace(face, person, Path(folder, relpath), _points(landmarks), quality, taken_at)
            for face, person, folder, relpath, landmarks, quality, taken_at in connection.execute(query)
            if person is not None
        ]


def _points(stored: bytes) -> Landmarks:
    return unpack_landmarks(stored).astype(np.float32)
