"""Bringing images to the size that a network reads, and turning their pixels into its tensor."""

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.geometry import Image
from engine.models.card import ColourOrder, InputSpec, Layout, Normalise

Tensor = NDArray[np.float32]

SAMPLED = 2.25
"""Up to this many times smaller, sampling between pixels leaves out at most one in nine along each axis."""


def resized(image: Image, width: int, height: int) -> Image:
    """Return the image at another size, without letting fine detail turn into false patterns.

    Shrinking averages blocks of 2 × 2 as often as need be and samples between pixels for what is left: far faster than
    averaging over larger blocks or fractions of pixels, and the detector finds the same faces. Sampling sees two pixels
    each way, so up to `SAMPLED` times it does alone.
    """
    while image.shape[1] > SAMPLED * width and image.shape[0] >= 2 * height:
        rows, columns = image.shape[0] // 2, image.shape[1] // 2
        blocks = image[: rows * 2, : columns * 2]
        image = np.asarray(cv2.resize(blocks, (columns, rows), interpolation=cv2.INTER_AREA), dtype=np.uint8)
    if image.shape[:2] == (height, width):
        return image
    return np.asarray(cv2.resize(image, (width, height), interpolation=cv2.INTER_LINEAR), dtype=np.uint8)


def fitted(image: Image, width: int, height: int) -> tuple[Image, float]:
    """Return the image as large as it fits into width × height with its aspect kept, and its scale."""
    scale = min(width / image.shape[1], height / image.shape[0])
    size = max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale))
    return resized(image, *size), scale


def letterbox(image: Image, spec: InputSpec, width: int, height: int) -> Tensor:
    """Return the tensor 1 × 3 × height × width with the image at its top left and black around it."""
    rows, columns = image.shape[:2]
    tensor = np.empty((1, 3, height, width), dtype=np.float32)
    channels = cv2.split(image)  # twice as fast as reading every third byte while converting
    for plane, channel in zip(tensor[0], _channels(spec), strict=True):
        plane[:rows, :columns] = channels[channel]
        plane[rows:] = 0
        plane[:rows, columns:] = 0
    return _normalised(tensor, spec)


def to_tensor(images: Image, spec: InputSpec) -> Tensor:
    """Turn RGB images (n × height × width × 3, uint8) into the tensor that a card asks for, n × 3 × height × width.

    With the layout NHWC it is n × height × width × 3.
    """
    ordered = images[..., _channels(spec)] if spec.order is ColourOrder.BGR else images
    tensor = np.ascontiguousarray(ordered.transpose(0, 3, 1, 2), dtype=np.float32)
    tensor = _whitened(tensor) if spec.normalise is Normalise.PER_IMAGE else _normalised(tensor, spec)
    return np.ascontiguousarray(tensor.transpose(0, 2, 3, 1)) if spec.layout is Layout.NHWC else tensor


def _whitened(tensor: Tensor) -> Tensor:
    """Bring each image to mean 0 and deviation 1, as FaceNet's `prewhiten` does (Sandberg, facenet, 2018)."""
    axes = (1, 2, 3)
    mean = tensor.mean(axes, dtype=np.float64, keepdims=True)
    deviation = tensor.std(axes, dtype=np.float64, keepdims=True)
    least = 1 / np.sqrt(np.prod(tensor.shape[1:]))
    return np.asarray((tensor - mean) / np.maximum(deviation, least), np.float32)


def _channels(spec: InputSpec) -> list[int]:
    """Say which channel of an RGB image stands first, second and third in the tensor."""
    return [2, 1, 0] if spec.order is ColourOrder.BGR else [0, 1, 2]


def _normalised(tensor: Tensor, spec: InputSpec) -> Tensor:
    if any(spec.mean):
        tensor -= np.array(spec.mean, dtype=np.float32).reshape(3, 1, 1)
    if spec.deviation != (1.0, 1.0, 1.0):
        tensor /= np.array(spec.deviation, dtype=np.float32).reshape(3, 1, 1)
    return tensor
