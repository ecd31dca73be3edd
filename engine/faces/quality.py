"""How much a face is worth for telling whose it is, 0 to 1.

Quality is the product of four parts, each 0 to 1: sharpness, size, pose and the detector's score. 1 means "nothing
known speaks against this face". The ramps were fitted on 3,256 faces of lfw (as they are, blurred, smeared, shrunk,
darkened and made noisy; pose on athletes_photos) against the similarity of each, by SFace, to the other faces of its
person. The rank correlation is 0.75, and on the same faces:

    quality                0–0.05   0.1–0.2   0.3–0.4   0.5–0.6   0.8–1      1
    similarity               0.19      0.32      0.41      0.51    0.71   0.77
    own person is nearest    36 %      63 %      79 %      92 %    99 %  100 %
"""

from typing import TYPE_CHECKING

import numpy as np

from engine.geometry import Image

if TYPE_CHECKING:  # it brings what runs models, and the library asks here for a number only
    from engine.faces.detect import Detection

LOW_QUALITY = 0.45
"""A face below this founds no group: such faces are like each other because they are bad. One in a hundred pairs of
strangers below 0.3 is more alike than 0.43 and one between 0.3 and 0.45 than 0.32, where it is 0.22 among good ones;
against the mean of good faces even the worst are no more alike than others, so that they may join."""

FINE, COARSE = 1.0, 2.5
"""Standard deviations, in pixels of a 112 × 112 crop, of the two blurs between which a sharp face has its detail."""

SHARP_ACROSS, SHARP_DOWN = 0.121, 0.134
"""The detail across and down of an ordinary sharp face, as a share of its contrast."""


def quality(crop: Image, detection: "Detection") -> float:
    """Return the quality of a face from its aligned crop (112 × 112 × 3) and its detection (pixels of its image)."""
    size = _ramp(min(detection.box.width, detection.box.height), 0, 32)
    score = _ramp(detection.score, 0.5, 0.93)
    return _ramp(sharpness(crop), 0.2, 0.6) * size * score * _ramp(frontality(detection), -1.0, 0.2)


def sharpness(crop: Image) -> float:
    """Return the detail of an aligned crop in its less sharp direction, about 1 for an ordinary sharp face.

    Detail is the mean difference between a fine and a coarser blur along one axis, over the mean deviation of the
    brightness. The lesser of the two axes is taken since a smear by motion leaves one of them sharp.
    """
    import cv2  # not needed for the number that the library asks for

    face = crop[24:104, 16:96]
    grey = cv2.GaussianBlur(cv2.cvtColor(face, cv2.COLOR_RGB2GRAY).astype(np.float32), (0, 0), FINE)
    # A face as flat as this, of 256 levels, has no contrast to measure detail by.
    contrast = max(float(np.abs(grey - grey.mean()).mean()), 2.0)
    kernel, one = cv2.getGaussianKernel(17, COARSE), np.ones(1)
    across = np.abs(grey - cv2.sepFilter2D(grey, -1, kernel, one)).mean() / contrast
    down = np.abs(grey - cv2.sepFilter2D(grey, -1, one, kernel)).mean() / contrast
    return float(min(across / SHARP_ACROSS, down / SHARP_DOWN))


def frontality(detection: "Detection") -> float:
    """Return 1 where the nose stands midway between the eyes, 0 where it is level with one of them, less beyond."""
    left, right, nose = detection.landmarks[:3].astype(np.float64)
    eyes = right - left
    span = float(eyes @ eyes)
    if span < 1e-6:
        return -1.0
    return 1 - 2 * abs(float((nose - left) @ eyes) / span - 0.5)


def _ramp(value: float, low: float, high: float) -> float:
    """Return 0 up to `low`, 1 from `high` on, and a straight line between."""
    return min(max((value - low) / (high - low), 0.0), 1.0)
