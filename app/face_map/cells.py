"""An index of places: which rows lie in a rectangle, without looking at all of them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.face_map.camera import Places

CELLS = 256
"""Cells of the index in a row, and in a column."""


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """`rows` are all rows by cell, row of cells after row of cells; `starts` (CELLS², + 1) where each begins in them.

    `below` (CELLS + 1, CELLS + 1) counts the places above and left of each corner of a cell.
    """

    low: Places
    size: Places
    rows: NDArray[np.int64]
    starts: NDArray[np.int64]
    below: NDArray[np.int64]

    def count(self, left: float, top: float, right: float, bottom: float) -> int:
        """Return how many places lie in the cells that a rectangle of the map touches."""
        x0, y0, x1, y1 = self._touched(left, top, right, bottom)
        return int(self.below[y1, x1] - self.below[y0, x1] - self.below[y1, x0] + self.below[y0, x0])

    def near(self, left: float, top: float, right: float, bottom: float) -> NDArray[np.int64]:
        """Return the rows of all places in the cells that a rectangle of the map touches, in no order."""
        x0, y0, x1, y1 = self._touched(left, top, right, bottom)
        found = [self.rows[self.starts[y * CELLS + x0] : self.starts[y * CELLS + x1]] for y in range(y0, y1)]
        return np.concatenate(found) if found else np.empty(0, np.int64)

    def _touched(self, left: float, top: float, right: float, bottom: float) -> tuple[int, int, int, int]:
        """Return the first cell across and down, and the ones after the last."""
        first = np.floor((np.array([left, top]) - self.low) / self.size).astype(np.int64).clip(0, CELLS)
        last = (np.floor((np.array([right, bottom]) - self.low) / self.size).astype(np.int64) + 1).clip(0, CELLS)
        last = np.maximum(first, last)
        return int(first[0]), int(first[1]), int(last[0]), int(last[1])


def make_cells(points: Places) -> Cells:
    """Sort places (n, 2) into cells over all of them."""
    low = points.min(axis=0) if len(points) else np.zeros(2, np.float32)
    size = np.maximum(np.ptp(points, axis=0), 1e-6) / (CELLS - 1) if len(points) else np.ones(2, np.float32)
    cell = cells_of(points, low, size)
    counts = np.bincount(cell, minlength=CELLS * CELLS)
    below = np.zeros((CELLS + 1, CELLS + 1), np.int64)
    below[1:, 1:] = counts.reshape(CELLS, CELLS).cumsum(axis=0).cumsum(axis=1)
    starts = np.concatenate([[0], counts.cumsum()])
    return Cells(low, size.astype(np.float32), np.argsort(cell, kind="stable"), starts, below)


def cells_of(points: Places, low: Places, size: Places) -> NDArray[np.int64]:
    """Return the number of the cell of each place (n,)."""
    across_down = np.floor((points - low) / size).astype(np.int64).clip(0, CELLS - 1)
    numbers: NDArray[np.int64] = across_down[:, 1] * CELLS + across_down[:, 0]
    return numbers
