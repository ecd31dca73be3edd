"""What a scan hands over to be stored."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from engine.geometry import Box, Landmarks


@dataclass(frozen=True, slots=True)
class ScannedFace:
    """A detection to be stored; box and landmarks (5 × 2) are relative (0 to 1) to the upright photo.

    `embedding` is a unit vector, float32 (d,); `quality` is 0 to 1.
    """

    box: Box
    landmarks: Landmarks
    score: float
    quality: float
    embedding: NDArray[np.float32]


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


def face_columns(face: ScannedFace) -> dict[str, float | bytes]:
    """Return the columns of `faces` that a detection fills."""
    return {
        "left": face.box.left,
        "top": face.box.top,
        "width": face.box.width,
        "height": face.box.height,
        "landmarks": np.ascontiguousarray(face.landmarks, "<f4").tobytes(),
        "score": face.score,
        "quality": face.quality,
    }


def embedding_bytes(face: ScannedFace) -> bytes:
    """Return the vector as it is stored: little-endian float32."""
    return np.ascontiguousarray(face.embedding, "<f4").tobytes()
