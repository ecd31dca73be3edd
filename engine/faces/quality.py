"""How much a face is worth for recognition, 0 to 1."""

import cv2
import numpy as np

from engine.faces.detect import Detection
from engine.geometry import Image

LOW_QUALITY = 0.3
"""A face below this is kept but does not seed a cluster."""


def quality(crop: Image, detection: Detection) -> float:
    """Return the quality of a face from its aligned crop and its detection: the weakest of sharpness, size and pose."""
    grey = cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY)[28:108, 20:92]
    sharpness = float(cv2.Laplacian(grey, cv2.CV_32F).std()) / (float(grey.std()) + 8)
    size = min(detection.box.width, detection.box.height)
    return float(np.clip(min(sharpness, size / 64, _frontal(detection)), 0, 1))


def _frontal(detection: Detection) -> float:
    left, right, nose = detection.landmarks[:3]
    eyes = right - left
    span = float(np.hypot(*eyes))
    if span < 1e-6:
        return 0.0
    along = float(np.dot(nose - left, eyes)) / span**2
    return 1 - min(abs(along - 0.5) * 2, 1)
