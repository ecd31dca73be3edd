"""Which faces lie within what was drawn."""

import numpy as np
from numpy.typing import NDArray

from app.face_map.camera import Places


def inside_outline(places: Places, outline: Places) -> NDArray[np.bool_]:
    """Return (n,): whether each place (n, 2) lies within the closed outline (m, 2), by the even-odd rule.

    The outline is what a hand drew: hundreds of corners. Only places within its bounds are looked at.
    """
    result = np.zeros(len(places), bool)
    if len(outline) < 3:
        return result
    low, high = outline.min(axis=0), outline.max(axis=0)
    near = np.flatnonzero(((places >= low) & (places <= high)).all(axis=1))
    x, y = places[near, 0], places[near, 1]
    odd = np.zeros(len(near), bool)
    for (x1, y1), (x2, y2) in zip(outline, np.roll(outline, -1, axis=0), strict=True):
        if y1 != y2:
            crosses = (y1 > y) != (y2 > y)
            odd ^= crosses & (x < (x2 - x1) * (y - y1) / (y2 - y1) + x1)
    result[near] = odd
    return result


def nearest_towards(places: Places, here: int, right: int, down: int) -> int:
    """Return the row of the nearest place in a direction, sideways counting twice; `here` where there is none."""
    way = places - places[here]
    along, across = way[:, 0] * right + way[:, 1] * down, np.abs(way[:, 0] * down + way[:, 1] * right)
    ahead = (along > 0.5) & (across <= 2 * along)
    if not ahead.any():
        return here
    cost = np.where(ahead, along + 2 * across, np.inf)
    return int(cost.argmin())
