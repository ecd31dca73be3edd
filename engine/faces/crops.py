"""What an embedder is shown of a face, as its card says."""

import cv2
import numpy as np

from engine.faces.align import align
from engine.geometry import Box, Image, Landmarks
from engine.models.card import Crop

BOX_MARGIN = 0.1
"""FaceNet's box is this much larger than the detector's on each side, as a part of the box's own width and height."""


def cut(image: Image, box: Box, landmarks: Landmarks, crop: Crop) -> Image:
    """Return the crop, side × side × 3 uint8, of the face with this box and these landmarks (pixels of the image).

    What lies outside the image is black. Raises ValueError for landmarks that are not finite or all the same point.
    """
    if crop is Crop.BOX_160:
        return _boxed(image, box, crop.side)
    return align(image, landmarks, crop.side)


def _boxed(image: Image, box: Box, side: int) -> Image:
    """Return the box with its margin, stretched to a square; shrinking averages over areas, as FaceNet's tools do."""
    x, y = box.centre
    width, height = (max(1.0, length * (1 + 2 * BOX_MARGIN)) for length in (box.width, box.height))
    left, top = x - width / 2, y - height / 2
    columns, rows = max(side, round(width)), max(side, round(height))
    matrix = np.array([[columns / width, 0, -left * columns / width], [0, rows / height, -top * rows / height]])
    held = cv2.warpAffine(image, matrix, (columns, rows), flags=cv2.INTER_LINEAR)
    return np.asarray(cv2.resize(held, (side, side), interpolation=cv2.INTER_AREA), np.uint8)
