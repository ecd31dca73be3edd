"""Fitting an image into the frame that a network reads, and turning pixels into its tensor."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.geometry import Image
from engine.models.card import ColourOrder, InputSpec

MULTIPLE = 32
"""Detectors halve their input five times, so each side of the frame must be a multiple of this."""


@dataclass(frozen=True, slots=True)
class Letterbox:
    """An image at the top left of a black frame whose sides are multiples of 32.

    `scale` is frame pixels per image pixel, the same for both axes: a point of the frame is a point of the image
    times `scale`.
    """

    frame: Image
    scale: float


def letterbox(image: Image, side: int, frame_size: tuple[int, int] | None = None) -> Letterbox:
    """Bring the longer side of an image to `side` pixels and fill up to multiples of 32.

    With `frame_size` (width, height) the image is made as large as fits that frame instead. Works for every image
    with at least one pixel; a side never becomes shorter than one pixel.
    """
    height, width = image.shape[:2]
    scale = side / max(height, width) if frame_size is None else min(frame_size[0] / width, frame_size[1] / height)
    new_width, new_height = max(1, round(width * scale)), max(1, round(height * scale))
    if frame_size is None:
        frame_size = (_round_up(new_width), _round_up(new_height))
    if (new_width, new_height) != (width, height):
        # Averaging over areas keeps small faces from being lost between the samples; it is for shrinking only.
        how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        image = np.asarray(cv2.resize(image, (new_width, new_height), interpolation=how), dtype=np.uint8)
    right, bottom = frame_size[0] - new_width, frame_size[1] - new_height
    if right or bottom:
        border = cv2.copyMakeBorder(image, 0, bottom, 0, right, cv2.BORDER_CONSTANT, value=(0, 0, 0))
        image = np.asarray(border, dtype=np.uint8)
    return Letterbox(image, scale)


def _round_up(length: int) -> int:
    return -(-length // MULTIPLE) * MULTIPLE


def to_tensor(images: Image, spec: InputSpec) -> NDArray[np.float32]:
    """Turn RGB images (n × height × width × 3, uint8) into the tensor that a card asks for, n × 3 × height × width."""
    if spec.order is ColourOrder.BGR:
        images = images[..., ::-1]
    tensor = np.ascontiguousarray(images.transpose(0, 3, 1, 2), dtype=np.float32)
    if any(spec.mean):
        tensor -= np.array(spec.mean, dtype=np.float32).reshape(3, 1, 1)
    if spec.deviation != (1.0, 1.0, 1.0):
        tensor /= np.array(spec.deviation, dtype=np.float32).reshape(3, 1, 1)
    return tensor
