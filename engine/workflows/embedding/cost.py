"""What embedding would take: measured on a few of the photos, before it is begun."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.faces.reading import Reader
from engine.library.models import PhotoToEmbed
from engine.workflows.embedding.cutting import CutPhoto, cut_photo

TRIED = 3
"""Photos that are read for the estimate, and crops that are embedded."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Faces and photos to embed, the seconds it will take about, and the bytes that the vectors take."""

    faces: int
    photos: int
    seconds: float
    size: int


def embedding_cost(embedder: Reader, photos: Sequence[PhotoToEmbed], workers: int) -> Cost:
    """Estimate what embedding these photos takes in `workers` threads; nothing is stored."""
    faces = sum(len(photo.faces) for photo in photos)
    a_photo = _reading(embedder, photos)
    blank = np.full((TRIED, embedder.card.input.height, embedder.card.input.width, 3), 127, np.uint8)
    blank[:, ::2] = 90  # what is per image needs some contrast
    embedder.read(blank[:1])
    began = time.monotonic()
    if faces:
        embedder.read(blank)
    a_face = (time.monotonic() - began) / TRIED
    seconds = (len(photos) * a_photo + faces * a_face) / max(workers, 1)
    return Cost(faces, len(photos), seconds, faces * embedder.dimension * 4)


def _reading(embedder: Reader, photos: Sequence[PhotoToEmbed]) -> float:
    """Return the seconds that a photo takes to read, of evenly chosen ones that can be."""
    chosen = [photos[place * len(photos) // TRIED] for place in range(min(TRIED, len(photos)))]
    took = []
    for photo in chosen:
        began = time.monotonic()
        if isinstance(cut_photo(photo, embedder.card.input.crop), CutPhoto):
            took.append(time.monotonic() - began)
    return sum(took) / len(took) if took else 0.0
