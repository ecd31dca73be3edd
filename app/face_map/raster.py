"""Many points at once: soft discs that numpy writes into an image, faster than a call of QPainter's for each."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from app.face_map.camera import Places

Pixels = NDArray[np.uint32]
"""(height, width) uint32: premultiplied ARGB, as QImage's Format_ARGB32_Premultiplied; or (n,), a colour a point."""

LEVELS = 4
"""Steps of transparency at the edge of a disc."""


class Canvas:
    """An image with a margin around it into which the discs at the edge run."""

    def __init__(self, width: int, height: int, margin: int) -> None:
        self.margin = margin
        self.pixels: Pixels = np.zeros((height + 2 * margin, width + 2 * margin), np.uint32)

    def dots(self, places: Places, colours: Pixels, radius: float, opacity: float = 1.0, least_level: int = 1) -> None:
        """Draw a disc at each place (n, 2), pixels of the image, in opaque colours (n,); the last one lies on top.

        A disc whose radius is above the margin is cut. Places outside of the image are left out. Pixels are replaced,
        not mixed: on a ground that is drawn already, only LEVELS as the `least_level` leaves no holes around a disc.
        """
        height, width = self.pixels.shape
        rows = np.rint(places[:, 1]).astype(np.int64) + self.margin
        columns = np.rint(places[:, 0]).astype(np.int64) + self.margin
        steps, reach = _stamp(round(radius * 4) / 4)
        reach = min(reach, self.margin)
        seen = (rows >= reach) & (rows < height - reach) & (columns >= reach) & (columns < width - reach)
        spots, shown = rows[seen] * width + columns[seen], colours[seen]
        flat = self.pixels.reshape(-1)
        for level in range(least_level, LEVELS + 1):
            faded = premultiplied(shown, opacity * level / LEVELS)
            for down, right in steps[level]:
                if max(abs(down), abs(right)) <= reach:
                    flat[spots + (down * width + right)] = faded


def premultiplied(colours: Pixels, opacity: float) -> Pixels:
    """Return opaque colours (n,) as transparent as that."""
    alpha = np.uint32(round(255 * opacity))
    if alpha == 255:
        return colours
    parts = [((colours >> shift & 0xFF) * alpha // 255) << shift for shift in (0, 8, 16)]
    faded: Pixels = (parts[0] | parts[1] | parts[2] | (alpha << np.uint32(24))).astype(np.uint32)
    return faded


@lru_cache(maxsize=64)
def _stamp(radius: float) -> tuple[dict[int, list[tuple[int, int]]], int]:
    """Return the pixels of a disc by how opaque they are, and how far it reaches; faint ones are written first."""
    reach = int(np.ceil(radius))
    steps: dict[int, list[tuple[int, int]]] = {level: [] for level in range(1, LEVELS + 1)}
    for down in range(-reach, reach + 1):
        for right in range(-reach, reach + 1):
            cover = min(1.0, max(0.0, radius + 0.5 - float(np.hypot(down, right))))
            if level := round(cover * LEVELS):
                steps[level].append((down, right))
    return steps, reach
