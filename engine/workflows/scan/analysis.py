"""From a photo file to its faces with embeddings: the stages of a scan. Nothing here knows the library."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.errors import PhotoError
from engine.faces.align import align
from engine.faces.crops import cut
from engine.faces.embed import Embedder
from engine.faces.finder import DECODE_SIDE, FaceFinder
from engine.faces.quality import quality
from engine.geometry import Box, Image, Landmarks
from engine.models.card import Crop
from engine.pipeline import Stage
from engine.scan.dates import Taken
from engine.scan.decode import Apart, PhotoContent, decode, decode_file, is_held, read_file
from engine.scan.fingerprint import content_hash, file_hash
from engine.scan.purpose import Purpose
from engine.scan.taken import taken_beside

EMBED_BATCH = 4
"""Photos whose faces are embedded together, when that many are waiting."""


@dataclass(frozen=True, slots=True)
class PhotoFile:
    """A photo that is to be read; `size` in bytes, `known_hash` that of the content read before, None if never."""

    photo_id: int
    path: Path
    size: int
    mtime_ns: int
    known_hash: bytes | None = None
    ctime_ns: int | None = None


@dataclass(frozen=True, slots=True)
class UnreadablePhoto:
    """A photo that could not be read, and why; `content_hash` is None where not even its bytes could be."""

    file: PhotoFile
    reason: str
    content_hash: bytes | None


@dataclass(frozen=True, slots=True)
class SamePhoto:
    """A file that was written anew with the content that it had."""

    file: PhotoFile


@dataclass(frozen=True, slots=True)
class DecodedPhoto:
    """The first stage's result."""

    file: PhotoFile
    content_hash: bytes
    content: PhotoContent


@dataclass(frozen=True, slots=True)
class FoundFace:
    """One face. The box and landmarks are relative (0 to 1) to the upright photo."""

    box: Box
    landmarks: Landmarks
    score: float
    quality: float


@dataclass(frozen=True, slots=True)
class DetectedPhoto:
    """The second stage's result: the image is gone, its faces are cut out.

    `width` and `height` are pixels of the full upright photo, `crops` are what the embedder is shown, in the order of
    `faces`.
    """

    file: PhotoFile
    content_hash: bytes
    width: int
    height: int
    taken: Taken | None
    note: str
    faces: tuple[FoundFace, ...]
    crops: tuple[Image, ...]


@dataclass(frozen=True, slots=True)
class AnalysedPhoto:
    """The last stage's result: `embeddings` (n, dimension) float32, one unit vector a face, in the order of faces."""

    detected: DetectedPhoto
    embeddings: NDArray[np.float32]

    @property
    def file(self) -> PhotoFile:
        """Return the file that was read."""
        return self.detected.file


Left = UnreadablePhoto | SamePhoto
"""What goes through the later stages as it is."""


@dataclass(frozen=True, slots=True)
class Analyser:
    """The models of a scan, and the stages that use them."""

    finder: FaceFinder
    embedder: Embedder
    apart: Apart = field(default_factory=Apart)

    def stages(self, workers: int) -> list[Stage]:
        """Return the pipeline for `workers` threads a stage.

        A decoded photo is the one large thing here: at most `workers` + 1 of them wait to be searched for faces.
        """
        # The stages are the threads; OpenCV must not start more inside each of them.
        cv2.setNumThreads(1)
        return [
            Stage("decode", _each(self._decode), workers, waiting=workers),
            Stage("detect", _each(self._detect), workers, waiting=workers + 1),
            Stage("embed", self._embed, workers, waiting=4 * workers, batch=EMBED_BATCH),
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
            return UnreadablePhoto(file, str(error), digest)

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

    def _embed(self, photos: list[DetectedPhoto | Left]) -> list[AnalysedPhoto | Left]:
        crops = [crop for photo in photos if isinstance(photo, DetectedPhoto) for crop in photo.crops]
        vectors = self.embedder.embed(np.stack(crops)) if crops else np.zeros((0, self.embedder.dimension), np.float32)
        results: list[AnalysedPhoto | Left] = []
        for photo in photos:
            if isinstance(photo, DetectedPhoto):
                results.append(AnalysedPhoto(photo, vectors[: len(photo.crops)]))
                vectors = vectors[len(photo.crops) :]
            else:
                results.append(photo)
        return results


def _each(function: Callable[[Any], Any]) -> Callable[[list[Any]], list[Any]]:
    return lambda batch: [function(item) for item in batch]
