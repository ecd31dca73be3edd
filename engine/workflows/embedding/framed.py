"""The face in a box that no detector found: looked for again in the box alone, and embedded like any other."""

from pathlib import Path

import numpy as np

from engine.errors import PhotoError
from engine.faces.align import TEMPLATE_112, align
from engine.faces.crops import cut
from engine.faces.detect import Detection, Detector
from engine.faces.embed import Embedder
from engine.faces.letterbox import resized
from engine.faces.quality import quality
from engine.geometry import Box, Image, Landmarks
from engine.library.indexing import ScannedFace
from engine.scan.decode import decode, read_file
from engine.words import sentence
from engine.workflows.embedding.cutting import FACE_PIXELS, drawn_side

AROUND = 2.0
"""The detector is shown this many times the box: it wants to see the whole head."""

SURE_ENOUGH = 0.2
"""Score from which the detector's view of a framed face is taken: that there is one, somebody has said."""

SAME = 0.3
"""Intersection over union from which what the detector sees is what was framed."""

HEAD = Box(16, 16, 80, 96)
"""What detectors call the face, in the frame of an aligned crop of 112 × 112."""


def framed_face(path: Path, box: Box, detector: Detector, embedder: Embedder) -> ScannedFace:
    """Return the face in a box, relative (0 to 1) to the upright photo.

    Where the detector sees a face there, though it is not sure of it, its box and landmarks are taken; else the
    landmarks are where they lie in an upright face. Raises PhotoError for a photo that cannot be read, and for a box
    in which there is nothing to see.
    """
    image = decode(read_file(path), side=drawn_side(box)).image
    across, down = image.shape[1], image.shape[0]
    framed = box.scaled(across, down)
    detection = _seen(detector, image, framed) or Detection(framed, _upright(framed), SURE_ENOUGH)
    try:
        shown = cut(image, detection.box, detection.landmarks, embedder.card.input.crop)
    except ValueError as error:
        raise PhotoError(sentence("There is nothing to be seen in the box.")) from error
    ((vector, length),) = embedder.read(shown[None]).rows()
    return ScannedFace(
        detection.box.scaled(1 / across, 1 / down),
        np.asarray(detection.landmarks / np.array([across, down]), np.float32),
        detection.score,
        quality(align(image, detection.landmarks), detection),
        vector,
        length,
    )


def _seen(detector: Detector, image: Image, framed: Box) -> Detection | None:
    """Return the face that the detector sees where somebody framed one, in pixels of the image."""
    x, y = framed.centre
    reach = AROUND * max(framed.width, framed.height) / 2
    left, top = max(0, round(x - reach)), max(0, round(y - reach))
    region = image[top : round(y + reach), left : round(x + reach)]
    if not region.size:
        return None
    scale = min(1.0, AROUND * FACE_PIXELS / max(region.shape[:2]))
    shown = resized(region, max(1, round(region.shape[1] * scale)), max(1, round(region.shape[0] * scale)))
    candidates = detector.candidates(shown, SURE_ENOUGH).moved(region.shape[1] / shown.shape[1], left, top)
    found = detector.finish(candidates.pick(candidates.alignable))
    best = max(found, key=lambda one: one.box.iou(framed), default=None)
    return best if best is not None and best.box.iou(framed) >= SAME else None


def _upright(box: Box) -> Landmarks:
    """Return where the landmarks of an upright face that fills the box lie."""
    inside = (TEMPLATE_112 - np.array([HEAD.left, HEAD.top])) / np.array([HEAD.width, HEAD.height])
    return np.asarray(inside * [box.width, box.height] + [box.left, box.top], np.float32)
