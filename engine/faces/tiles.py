"""Overlapping tiles of a large image."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from engine.geometry import Image


@dataclass(frozen=True, slots=True)
class Span:
    """One axis of a tile, in pixels: the core [core_start, core_end) and the pixels [start, end) that are searched.

    A core at the image's edge has no end there, so that a face whose middle lies outside belongs to somebody.
    """

    core_start: float
    core_end: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Tile:
    """A part of an image with a margin around it; every point of the plane lies in the core of exactly one tile."""

    across: Span
    down: Span

    @property
    def origin(self) -> tuple[int, int]:
        """Return where in the image (x, y) the first pixel of `cut` lies."""
        return self.across.start, self.down.start

    def cut(self, image: Image) -> Image:
        """Return the tile's pixels with its margin, without copying."""
        return image[self.down.start : self.down.end, self.across.start : self.across.end]

    def owns(self, points: NDArray[np.float32]) -> NDArray[np.bool_]:
        """Say which points (n × 2, x and y) lie in the core."""
        x, y = points.T
        across = (self.across.core_start <= x) & (x < self.across.core_end)
        down = (self.down.core_start <= y) & (y < self.down.core_end)
        return np.asarray(across & down, dtype=np.bool_)


def tiles(image: Image, core: int, margin: int) -> Iterator[Tile]:
    """Split an image into tiles whose cores are about equal and at most `core` pixels long on each side."""
    height, width = image.shape[:2]
    for down in _spans(height, core, margin):
        for across in _spans(width, core, margin):
            yield Tile(across, down)


def _spans(length: int, core: int, margin: int) -> Iterator[Span]:
    count = -(-length // core)
    for start, end in pairwise([length * number // count for number in range(count + 1)]):
        yield Span(
            start if start else -np.inf,
            end if end < length else np.inf,
            max(start - margin, 0),
            min(end + margin, length),
        )
