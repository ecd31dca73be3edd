"""What a scan hands over to be stored."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from engine.geometry import Box, Landmarks
from engine.library.packed import pack


@dataclass(frozen=True, slots=True)
class ScannedFace:
    """A detection to be stored; box and landmarks (5 × 2) are relative (0 to 1) to the upright photo.

    `embedding` is a unit vector, float32 (d,), and `length` how long it was before, None where that is not known;
    `quality` is 0 to 1.
    """

    box: Box
    landmarks: Landmarks
    score: float
    quality: float
    embedding: NDArray[np.float32]
    length: float | None = None


@dataclass(frozen=True, slots=True)
class PhotoScan:
    """One photo that was read. `width` and `height` are pixels of the upright photo, `model` made the embeddings.

    `note` says so where only a part of the picture could be read. `ctime_ns`, `taken_precision` and `taken_from` are as
    in the table of photos.
    """

    photo_id: int
    size: int
    mtime_ns: int
    content_hash: bytes
    width: int
    height: int
    taken_at: datetime | None
    detector: str
    faces: tuple[ScannedFace, ...]
    model: str
    note: str | None = None
    ctime_ns: int | None = None
    taken_precision: str | None = None
    taken_from: str | None = None


def place_columns(box: Box, landmarks: Landmarks) -> dict[str, float | bytes]:
    """Return the columns that say where a face lies."""
    return {
        "left": box.left,
        "top": box.top,
        "width": box.width,
        "height": box.height,
        "landmarks": pack(landmarks),
    }


def face_columns(face: ScannedFace) -> dict[str, float | bytes]:
    """Return the columns of `faces` that a detection fills."""
    return {**place_columns(face.box, face.landmarks), "score": face.score, "quality": face.quality}
