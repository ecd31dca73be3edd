"""From a photo file to its faces with embeddings: the stages of a scan. Nothing here knows the library."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import cv2
import numpy as np

from engine.errors import PhotoError
from engine.faces.align import align
from engine.faces.crops import cut
from engine.faces.embed import Embedder, ReadCrops
from engine.faces.finder import DECODE_SIDE, FaceFinder
from engine.faces.quality import quality
from engine.models.card import Crop, ModelCard
from engine.pipeline import Stage, overlap
from engine.scan.decode import Apart, PhotoContent, decode, decode_file, is_held, read_file
from engine.scan.fingerprint import content_hash, file_hash
from engine.scan.purpose import Purpose
from engine.scan.taken import taken_beside
from engine.workflows.scan.reading import (
    AnalysedPhoto,
    DetectedPhoto,
    FoundFace,
    Left,
    Pace,
    PhotoFile,
    Reading,
    Result,
    SamePhoto,
    UnreadablePhoto,
)

EMBED_BATCH = 4
"""Photos whose faces are embedded together, while more are to come: networks are faster with several at once."""


@dataclass(frozen=True, slots=True)
class DecodedPhoto:
    """The first stage's result."""

    file: PhotoFile
    content_hash: bytes
    content: PhotoContent


@dataclass(frozen=True, slots=True)
class Analyser:
    """The models of a scan, and the stages that use them."""

    finder: FaceFinder
    embedder: Embedder
    apart: Apart = field(default_factory=Apart)

    @property
    def detector(self) -> ModelCard:
        """What finds the faces."""
        return self.finder.detector.card

    @property
    def outlives_photos(self) -> bool:
        """False: what a photo does to its reader, it does to this process."""
        return False

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences about what did not go as wanted when the models were opened or ran."""
        return (*self.finder.detector.notices, *self.embedder.notices)

    def read(self, files: Iterable[PhotoFile], pace: Pace) -> Reading:
        """Read photos in threads of this process."""
        self.apart.open()
        return overlap(files, self.stages(pace.workers), ahead=pace.ahead, broken_off=self.apart.end)

    def read_together(self, files: Iterable[PhotoFile]) -> list[Result]:
        """Read a few photos one after another in this thread, their faces embedded at once; a result each, in order."""
        cv2.setNumThreads(1)
        return self._embed([self._detect(self._decode(file)) for file in files])

    def stages(self, workers: int) -> list[Stage]:
        """Return the pipeline for `workers` threads a stage.

        A decoded photo is the one large thing here: at most `workers` + 1 of them wait to be searched for faces.
        """
        # The stages are the threads; OpenCV must not start more inside each of them.
        cv2.setNumThreads(1)
        return [
            Stage("decode", _each(self._decode), workers, waiting=workers),
            Stage("detect", _each(self._detect), workers, waiting=workers + 1),
            Stage("embed", self._embed, workers, waiting=4 * workers, batch=EMBED_BATCH, least=EMBED_BATCH),
        ]

    def _decode(self, file: PhotoFile) -> DecodedPhoto | Left:
        digest = None
        try:
            if not is_held(file.path):
                digest = file_hash(file.path)
                if digest == file.known_hash:
                    return SamePhoto(file)
                content = decode_file(file.path, side=DECODE_SIDE, purpose=Purpose.SEARCHED, apart=self.apart)
            else:
                data = read_file(file.path)
                digest = content_hash(data)
                if digest == file.known_hash:
                    return SamePhoto(file)
                content = decode(data, side=DECODE_SIDE, purpose=Purpose.SEARCHED, apart=self.apart)
            return DecodedPhoto(file, digest, replace(content, taken=content.taken or taken_beside(file.path)))
        except PhotoError as error:
            return UnreadablePhoto(file, error.whole(), digest)

    def _detect(self, photo: DecodedPhoto | Left) -> DetectedPhoto | Left:
        if not isinstance(photo, DecodedPhoto):
            return photo
        content, image = photo.content, photo.content.image
        detections = self.finder.find(image)
        aligned = tuple(align(image, detection.landmarks) for detection in detections)
        across, down = 1 / image.shape[1], 1 / image.shape[0]
        relative = np.array([across, down], np.float32)
        faces = tuple(
            FoundFace(
                detection.box.scaled(across, down),
                detection.landmarks * relative,
                detection.score,
                quality(crop, detection),
            )
            for crop, detection in zip(aligned, detections, strict=True)
        )
        shown = self.embedder.card.input.crop
        crops = aligned
        if shown is not Crop.ARCFACE_112:
            crops = tuple(cut(image, detection.box, detection.landmarks, shown) for detection in detections)
        return DetectedPhoto(
            photo.file, photo.content_hash, content.width, content.height, content.taken, content.note, faces, crops
        )

    def _embed(self, photos: list[DetectedPhoto | Left]) -> list[Result]:
        crops = [crop for photo in photos if isinstance(photo, DetectedPhoto) for crop in photo.crops]
        none = np.empty((0, self.embedder.dimension), np.float32)
        read, done = self.embedder.read(np.stack(crops)) if crops else ReadCrops.of(none), 0
        results: list[Result] = []
        for photo in photos:
            if isinstance(photo, DetectedPhoto):
                results.append(AnalysedPhoto(photo, read.part(slice(done, done + len(photo.crops)))))
                done += len(photo.crops)
            else:
                results.append(photo)
        return results


def _each(function: Callable[[Any], Any]) -> Callable[[list[Any]], list[Any]]:
    return lambda batch: [function(item) for item in batch]
