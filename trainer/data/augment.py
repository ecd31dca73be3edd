"""Changes of a crop that leave the person and the alignment as they are: for training alone."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.geometry import Image

MOST_DEGREES = 15.0
"""Beyond this the landmarks leave the places at which an aligned crop has them."""

CHANGES = ("flip", "blur", "jpeg", "rotation", "occlusion")
STRENGTHS = 9
"""Random numbers that say how far the changes of one crop go."""

Draws = NDArray[np.float64]
"""(n, 14): one row a crop, first whether each change happens, then how far it goes."""


@dataclass(frozen=True, slots=True)
class Augmentation:
    """How likely each change is, 0 to 1, and how far it may go. The default flips half of the crops and no more.

    flip: left and right. blur: Gaussian, sigma up to `blur_sigma` pixels. jpeg: compressed with a quality from
    `jpeg_quality` to 95. rotation: about the centre by up to `degrees` either way, the edge repeated. occlusion: a
    rectangle of up to the share `occluded` of the area gets one random colour.
    """

    flip: float = 0.5
    blur: float = 0.0
    jpeg: float = 0.0
    rotation: float = 0.0
    occlusion: float = 0.0
    blur_sigma: float = 2.0
    jpeg_quality: int = 30
    degrees: float = 8.0
    occluded: float = 0.2

    def __post_init__(self) -> None:
        for name in CHANGES:
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"{name} is a probability and must lie from 0 to 1, not be {getattr(self, name)}.")
        if not 0 < self.blur_sigma < math.inf:
            raise ValueError(f"blur_sigma must be above 0 pixels, not {self.blur_sigma}.")
        if not 1 <= self.jpeg_quality <= 95:
            raise ValueError(f"jpeg_quality must lie from 1 to 95, not be {self.jpeg_quality}.")
        if not 0 < self.degrees <= MOST_DEGREES:
            raise ValueError(f"degrees must be above 0 and at most {MOST_DEGREES:.0f}, not {self.degrees}.")
        if not 0 < self.occluded < 1:
            raise ValueError(f"occluded is a share of the crop and must lie between 0 and 1, not be {self.occluded}.")

    def draws(self, crops: int, generator: np.random.Generator) -> Draws:
        """Return the random numbers (crops, 14) from 0 to 1 that decide on so many crops.

        One for each change, whether it happens or not, so that switching one on leaves the others as they were.
        """
        return generator.random((crops, len(CHANGES) + STRENGTHS))

    def mirrored(self, draws: Draws) -> NDArray[np.bool_]:
        """Say which crops (n,) are to be mirrored: last, and by whoever has them, since a GPU does it for nothing."""
        return draws[:, CHANGES.index("flip")] < self.flip

    def changed(self, crops: Image, draws: Draws) -> Image:
        """Return crops (n, H, W, 3) with all changes but the mirroring; `crops` itself is written over."""
        if any((self.blur, self.jpeg, self.rotation, self.occlusion)):
            for place, row in enumerate(draws):
                crops[place] = self._changed(crops[place], row)
        return crops

    def _changed(self, crop: Image, draws: NDArray[np.float64]) -> Image:
        chances = dict(zip(CHANGES, draws, strict=False))
        strengths = draws[len(CHANGES) :]
        changed = crop
        if chances["rotation"] < self.rotation:
            changed = rotated(changed, (2 * strengths[0] - 1) * self.degrees)
        if chances["occlusion"] < self.occlusion:
            changed = occluded(changed, strengths[1:4], self.occluded, strengths[4:7])
        if chances["blur"] < self.blur:
            changed = blurred(changed, max(0.1, strengths[7] * self.blur_sigma))
        if chances["jpeg"] < self.jpeg:
            changed = compressed(changed, int(self.jpeg_quality + strengths[8] * (95 - self.jpeg_quality)))
        return changed


def rotated(crop: Image, degrees: float) -> Image:
    """Turn about the centre, anticlockwise, the edge pixels repeated outwards."""
    height, width = crop.shape[:2]
    turn = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), degrees, 1.0)
    return np.asarray(
        cv2.warpAffine(crop, turn, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.uint8
    )


def blurred(crop: Image, sigma: float) -> Image:
    """Blur with a Gaussian of `sigma` pixels."""
    return np.asarray(cv2.GaussianBlur(crop, (0, 0), sigma), np.uint8)


def compressed(crop: Image, quality: int) -> Image:
    """Return what is left of the crop after JPEG of this quality, 1 to 95."""
    done, data = cv2.imencode(".jpg", crop[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:
        raise ValueError("OpenCV could not compress this crop.")
    return np.ascontiguousarray(np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)[:, :, ::-1])


def occluded(crop: Image, draws: np.ndarray, share: float, colour: np.ndarray) -> Image:
    """Cover a rectangle of at most `share` of the area; `draws` (3,) and `colour` (3,) are 0 to 1."""
    height, width = crop.shape[:2]
    area = share * height * width * max(0.1, float(draws[0]))
    tall = min(height, max(1, int(math.sqrt(area))))
    wide = min(width, max(1, int(area / tall)))
    top, left = int(draws[1] * (height - tall + 1)), int(draws[2] * (width - wide + 1))
    covered = crop.copy()
    covered[top : top + tall, left : left + wide] = (colour * 255).astype(np.uint8)
    return covered
