"""Faces that were found in photos, as benchmarks keep them."""

from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.faces.align import align
from engine.faces.detect import Detection
from engine.faces.quality import quality, sharpness


@dataclass(slots=True)
class Found:
    """Faces that were found: aligned crops with what is known of each."""

    crops: list[NDArray[np.uint8]] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    photos: list[int] = field(default_factory=list)
    quality: list[float] = field(default_factory=list)

    def add(self, image: NDArray[np.uint8], face: Detection, person: str, photo: int) -> None:
        """Align a face of an image and keep it."""
        crop = align(image, face.landmarks)
        self._keep(crop, person, photo, quality(crop, face))

    def add_crop(self, crop: NDArray[np.uint8], person: str, photo: int) -> None:
        """Keep a crop that is aligned already; only its sharpness speaks of its quality."""
        self._keep(crop, person, photo, float(np.clip((sharpness(crop) - 0.2) / 0.4, 0, 1)))

    def _keep(self, crop: NDArray[np.uint8], person: str, photo: int, value: float) -> None:
        self.crops.append(crop)
        self.people.append(person)
        self.photos.append(photo)
        self.quality.append(value)

    def save(self, path: Path) -> None:
        """Write everything to an .npz file."""
        numbers = {"photos": np.array(self.photos, np.int64), "quality": np.array(self.quality, np.float32)}
        np.savez(path, crops=np.stack(self.crops), people=np.array(self.people), **numbers)


def widened(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return a tightly cut face with a margin of a quarter around it, three times as large, so that it can be found.

    The margin is black, as `align` fills what lies outside a photo: a repeated edge is stripes in every picture, which
    make strangers alike.
    """
    margin = max(image.shape[:2]) // 4
    padded = cv2.copyMakeBorder(image, margin, margin, margin, margin, cv2.BORDER_CONSTANT)
    return np.asarray(cv2.resize(padded, None, fx=3, fy=3, interpolation=cv2.INTER_CUBIC), np.uint8)
