"""The crops of stored faces, cut from their photos; nothing is kept on disk."""

from contextlib import closing
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.geometry import Image
from engine.library.library import Library
from engine.library.models import PhotoToEmbed, photos_to_embed
from engine.models.card import Crop
from engine.pipeline import Stage, overlap
from engine.progress import Progress, Workflow
from engine.words import sentence
from engine.workflows.embedding.cutting import CutPhoto, WaitingPhoto, cut_photo

NO_MODEL = "nobody@"
"""A key of vectors that no face has, so that every photo with faces is among those that lack one."""


def cut_faces(library: Library, face_ids: NDArray[np.int64], crop: Crop, workers: int) -> Workflow[dict[int, Image]]:
    """Return crops (side, side, 3) by face id, reading each photo once; faces that cannot be read now are not in it."""
    wanted = set(face_ids.tolist())
    photos = [
        replace(photo, faces=chosen)
        for photo in photos_to_embed(library, NO_MODEL)
        if (chosen := [face for face in photo.faces if face.face_id in wanted])
    ]
    cv2.setNumThreads(1)
    found: dict[int, Image] = {}

    def cut(some: list[PhotoToEmbed]) -> list[CutPhoto | WaitingPhoto]:
        return [cut_photo(photo, crop) for photo in some]

    flow = overlap(iter(photos), [Stage("cut", cut, workers, waiting=workers)], ahead=2 * workers)
    done = 0
    with closing(flow):
        for result in flow:
            done += result is not None
            if isinstance(result, CutPhoto):
                found |= dict(zip((face.face_id for face in result.photo.faces), result.crops, strict=True))
            yield Progress("learn", 0, 100, sentence("reading photos"), {"photos": done})
    return found
