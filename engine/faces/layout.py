"""How a changed picture lies to what it was: turned by quarters, mirrored, cut, widened or drawn to another size."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from engine.geometry import Box, Landmarks

Points = NDArray[np.float64]
"""n × 2, x then y, relative (0 to 1) to a picture."""

_MIRRORED = [1, 0, 2, 4, 3]
"""What was a left eye or a left corner of the mouth is a right one in a mirror."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a point of the earlier picture lies in the changed one, both relative (0 to 1) to their picture.

    x' = across · u + left and y' = down · v + top, where (u, v) is (y, x) where the axes are `swapped`, else (x, y).
    """

    swapped: bool
    across: float
    left: float
    down: float
    top: float

    @property
    def mirrored(self) -> bool:
        """Whether the changed picture shows a mirror's view of the earlier one."""
        return (self.across * self.down < 0) != self.swapped

    def points(self, points: Points) -> Points:
        """Return where points lie in the changed picture."""
        u, v = (points[:, 1], points[:, 0]) if self.swapped else (points[:, 0], points[:, 1])
        return np.column_stack([self.across * u + self.left, self.down * v + self.top])

    def box(self, box: Box) -> Box:
        """Return where a box lies in the changed picture; it may reach beyond it."""
        corners = self.points(np.array([(box.left, box.top), (box.right, box.bottom)]))
        low, high = corners.min(axis=0), corners.max(axis=0)
        return Box(float(low[0]), float(low[1]), float(high[0] - low[0]), float(high[1] - low[1]))

    def landmarks(self, landmarks: Landmarks) -> Landmarks:
        """Return where landmarks lie in the changed picture; a mirrored left eye is a right one."""
        moved = self.points(landmarks.astype(np.float64)).astype(np.float32)
        return moved[_MIRRORED] if self.mirrored else moved


TURNED = tuple(
    Layout(swapped, across, float(across < 0), down, float(down < 0))
    for swapped, across, down in product((False, True), (1.0, -1.0), (1.0, -1.0))
)
"""The whole picture, as it was first, then mirrored and turned in every way."""

SAME = TURNED[0]


def fitted_layout(before: Sequence[Landmarks], after: Sequence[Landmarks]) -> Layout | None:
    """Return the layout that brings the landmarks of some faces nearest to where they are; None for no face."""
    if not before:
        return None
    old = np.concatenate(before).astype(np.float64)
    new = np.concatenate(after).astype(np.float64)
    unmirrored = np.concatenate([points[_MIRRORED] for points in after]).astype(np.float64)
    fits = [_fit(old, unmirrored if turned.mirrored else new, turned) for turned in TURNED]
    return min(fits, key=lambda fit: fit[1])[0]


def _fit(old: Points, new: Points, turned: Layout) -> tuple[Layout, float]:
    """Return the best layout of this turn and the squared distance that it leaves; one turned otherwise is no fit."""
    axes = (1, 0) if turned.swapped else (0, 1)
    across, left, missed_across = _line(old[:, axes[0]], new[:, 0])
    down, top, missed_down = _line(old[:, axes[1]], new[:, 1])
    if across * turned.across <= 0 or down * turned.down <= 0:
        return turned, float("inf")
    return Layout(turned.swapped, across, left, down, top), missed_across + missed_down


def _line(before: NDArray[np.float64], after: NDArray[np.float64]) -> tuple[float, float, float]:
    """Return slope, start and squared error of the line through these numbers."""
    spread = before - before.mean()
    width = float(spread @ spread)
    if width <= 0:
        return 0.0, 0.0, float("inf")
    slope = float(spread @ after) / width
    start = float(after.mean() - slope * before.mean())
    return slope, start, float(np.square(slope * before + start - after).sum())
