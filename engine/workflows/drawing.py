"""A face that the user drew: found again by the detector where it can be, and embedded like any other."""

from pathlib import Path

import numpy as np

from engine.errors import LibraryError
from engine.faces.align import TEMPLATE_112, align
from engine.faces.crops import cut
from engine.faces.detect import Detection, Detector
from engine.faces.letterbox import resized
from engine.faces.quality import quality
from engine.geometry import Box, Image, Landmarks
from engine.library.edits import NewFace, draw_face
from engine.library.indexing import ScannedFace
from engine.library.library import Library
from engine.library.queries import photos_by_id
from engine.scan.decode import decode, read_file
from engine.workflows.embedding.cutting import FACE_PIXELS, drawn_side
from engine.workflows.scan.analysis import Analyser

AROUND = 2.0
"""The detector is shown this many times the box: it wants to see the whole head."""

SURE_ENOUGH = 0.2
"""Score from which the detector's view of a drawn face is taken: that there is one, the user has said."""

SAME = 0.3
"""Intersection over union from which what the detector sees is what the user drew."""

HEAD = Box(16, 16, 80, 96)
"""What detectors call the face, in the frame of an aligned crop of 112 × 112."""


def draw(library: Library, analyser: Analyser, photo_id: int, box: Box) -> NewFace:
    """Add the face that the user drew as a box, relative (0 to 1) to the upright photo, as one edit.

    Where the detector sees a face there, though it is not sure of it, its box and landmarks are taken; else the
    landmarks are where they lie in an upright face. Raises LibraryError for a photo that is not there and PhotoError
    for one that cannot be read.
    """
    photo = photos_by_id(library, [photo_id]).get(photo_id)
    if photo is None:
        raise LibraryError(f"There is no photo {photo_id}.", "Its folder may have been scanned again since.")
    image = _look_at(photo.path, box)
    across, down = image.shape[1], image.shape[0]
    drawn = box.scaled(across, down)
    detection = _seen(analyser.finder.detector, image, drawn) or Detection(drawn, _upright(drawn), SURE_ENOUGH)
    shown = cut(image, detection.box, detection.landmarks, analyser.embedder.card.input.crop)
    face = ScannedFace(
        detection.box.scaled(1 / across, 1 / down),
        np.asarray(detection.landmarks / np.array([across, down]), np.float32),
        detection.score,
        quality(align(image, detection.landmarks), detection),
        analyser.embedder.embed(shown[None])[0],
    )
    return draw_face(library, photo_id, face, analyser.embedder.card.key)


def _look_at(path: Path, box: Box) -> Image:
    """Decode the photo so that the face is large enough."""
    return decode(read_file(path), side=drawn_side(box)).image


def _seen(detector: Detector, image: Image, drawn: Box) -> Detection | None:
    """Return the face that the detector sees where the user drew one, in pixels of the image."""
    x, y = drawn.centre
    reach = AROUND * max(drawn.width, drawn.height) / 2
    left, top = max(0, round(x - reach)), max(0, round(y - reach))
    region = image[top : round(y + reach), left : round(x + reach)]
    scale = min(1.0, AROUND * FACE_PIXELS / max(region.shape[:2]))
    shown = resized(region, max(1, round(region.shape[1] * scale)), max(1, round(region.shape[0] * scale)))
    candidates = detector.candidates(shown, SURE_ENOUGH).moved(region.shape[1] / shown.shape[1], left, top)
    found = detector.finish(candidates.pick(candidates.alignable))
    best = max(found, key=lambda one: one.box.iou(drawn), default=None)
    return best if best is not None and best.box.iou(drawn) >= SAME else None


def _upright(box: Box) -> Landmarks:
    """Return where the landmarks of an upright face that fills the box lie."""
    inside = (TEMPLATE_112 - np.array([HEAD.left, HEAD.top])) / np.array([HEAD.width, HEAD.height])
    return np.asarray(inside * [box.width, box.height] + [box.left, box.top], np.float32)
