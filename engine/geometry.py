"""Boxes and landmarks. Whoever holds one says in which frame: pixels of an image, or relative (0 to 1) to a photo."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
"""Height × width × 3, upright, RGB."""

Landmarks = NDArray[np.float32]
"""5 × 2, x then y, as seen in the image: left eye, right eye, nose tip, left mouth corner, right mouth corner."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its top left corner and its size; x grows to the right, y downwards."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of the right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The y of the bottom edge."""
        return self.top + self.height

    @property
    def area(self) -> float:
        """Width times height, 0 where either is negative."""
        return max(self.width, 0.0) * max(self.height, 0.0)

    @property
    def centre(self) -> tuple[float, float]:
        """The middle point (x, y)."""
        return self.left + self.width / 2, self.top + self.height / 2

    def scaled(self, x: float, y: float) -> Self:
        """Return the same box in a frame whose axes are `x` and `y` times as long."""
        return type(self)(self.left * x, self.top * y, self.width * x, self.height * y)

    def holds(self, x: float, y: float) -> bool:
        """Say whether the point lies inside."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def iou(self, other: "Box") -> float:
        """Intersection over union with a box of the same frame, 0 to 1."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        shared = max(width, 0.0) * max(height, 0.0)
        union = self.area + other.area - shared
        return shared / union if union > 0 else 0.0
