"""Embeds the faces of photos, in stages that overlap."""

import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

import cv2
import numpy as np

from engine.faces.embed import ReadCrops
from engine.faces.reading import Reader
from engine.library.library import Library
from engine.library.models import FaceVector, PhotoToEmbed, store_vectors
from engine.models.card import ModelCard
from engine.pipeline import Stage, overlap
from engine.progress import Progress, Workflow
from engine.words import sentence
from engine.workflows.embedding.cutting import CutPhoto, WaitingPhoto, cut_photo
from engine.workflows.embedding.summary import EmbedSummary, Waiting

EMBED_BATCH = 4
"""Photos whose faces are embedded together, when that many are waiting."""

STORED_TOGETHER = 256
STORE_EVERY = 2.0
"""Vectors are stored when there are that many, or that many seconds after the last time."""


@dataclass(frozen=True, slots=True)
class EmbeddedPhoto:
    """The last stage's result: one vector a face, in the order of `photo.faces`."""

    photo: PhotoToEmbed
    vectors: list[FaceVector]


Result = EmbeddedPhoto | WaitingPhoto


def embed_photos(
    library: Library, embedder: Reader, photos: Sequence[PhotoToEmbed], workers: int
) -> Workflow[EmbedSummary]:
    """Embed the faces of these photos, in `workers` threads a stage."""
    began = time.monotonic()
    run = _Embedding(library, embedder.card, sum(len(photo.faces) for photo in photos))
    flow = overlap(_there(photos, run), _stages(embedder, workers), ahead=3 * workers)
    with closing(flow):
        try:
            for result in flow:
                run.take(result)
                yield run.report()
        finally:
            run.store()
    run.summary.seconds = time.monotonic() - began
    run.summary.notices = embedder.notices
    return run.summary


def _there(photos: Sequence[PhotoToEmbed], run: "_Embedding") -> Iterator[PhotoToEmbed]:
    """Yield the photos whose folder is there; of a disk that is away not every file is asked for."""
    present = {folder: folder.is_dir() for folder in {photo.folder for photo in photos}}
    for photo in photos:
        if present[photo.folder]:
            yield photo
        else:
            run.take(WaitingPhoto(photo, sentence("its folder is not there")))


def _stages(embedder: Reader, workers: int) -> list[Stage]:
    # The stages are the threads; OpenCV must not start more inside each of them.
    cv2.setNumThreads(1)
    crop = embedder.card.input.crop

    def cut(photos: list[PhotoToEmbed]) -> list[CutPhoto | WaitingPhoto]:
        return [cut_photo(photo, crop) for photo in photos]

    def embed(photos: list[CutPhoto | WaitingPhoto]) -> list[Result]:
        return _embed(embedder, photos)

    return [
        Stage("cut", cut, workers, waiting=workers),
        Stage("embed", embed, workers, waiting=2 * workers, batch=EMBED_BATCH, least=min(EMBED_BATCH, 2 * workers)),
    ]


def _embed(embedder: Reader, photos: list[CutPhoto | WaitingPhoto]) -> list[Result]:
    stacks = [photo.crops for photo in photos if isinstance(photo, CutPhoto)]
    read = (
        embedder.read(np.concatenate(stacks)) if stacks else ReadCrops.of(np.empty((0, embedder.dimension), np.float32))
    )
    rows = read.rows()
    results: list[Result] = []
    for photo in photos:
        if isinstance(photo, WaitingPhoto):
            results.append(photo)
            continue
        digest = photo.photo.content_hash or b""
        vectors = [FaceVector(face.face_id, digest, *next(rows)) for face in photo.photo.faces]
        results.append(EmbeddedPhoto(photo.photo, vectors))
    return results


class _Embedding:
    """One run: gathers results, stores them, counts."""

    def __init__(self, library: Library, card: ModelCard, total: int) -> None:
        self.summary = EmbedSummary(card.name)
        self._library, self._key, self._total = library, card.key, total
        self._held: list[FaceVector] = []
        self._stored_at = time.monotonic()

    def take(self, result: Result | None) -> None:
        if isinstance(result, WaitingPhoto):
            self.summary.waiting.append(Waiting(result.photo.path, len(result.photo.faces), result.reason))
        elif result is not None:
            self._held += result.vectors
        if len(self._held) >= STORED_TOGETHER or time.monotonic() - self._stored_at > STORE_EVERY:
            self.store()

    def store(self) -> None:
        if self._held:
            changes = store_vectors(self._library, self._key, self._held)
            self.summary.embedded += len(changes.faces)
            self._held = []
        self._stored_at = time.monotonic()

    def report(self) -> Progress:
        done = self.summary.embedded + len(self._held)
        waiting = self.summary.faces_waiting
        return Progress("embed", done + waiting, self._total, figures={"waiting": waiting} if waiting else {})
