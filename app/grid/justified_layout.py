"""Where pictures lie in rows that are filled from edge to edge: all of a row are equally high."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QSize

from app.grid.grid_layout import Block, GridLayout, Section

NARROWEST, WIDEST = 0.5, 2.6
"""Width by height of the narrowest and the widest place; a picture beyond these is shown whole within it."""


FEW = 50
"""Of fewer sections rows are found one by one, which is quicker then."""

GROWN = 1.3
"""How many times as high as others the last row of a section may be to reach the edge."""


class JustifiedLayout(GridLayout):
    """`ratios` are width by height of each tile, (n,); rows are at most `height` pixels high.

    The last row of a section ends where its tiles end; where little lacks it is filled, and up to GROWN times as high.
    Three numbers are kept for a row, one for a tile.
    """

    def __init__(
        self,
        sections: Sequence[Section],
        width: int,
        height: int,
        ratios: NDArray[np.float32],
        *,
        spacing: int,
        margin: int,
        head: int,
    ) -> None:
        clipped = np.clip(ratios.astype(np.float64), NARROWEST, WIDEST)
        self._sums = np.concatenate([[0.0], np.cumsum(clipped)])
        self._spacing = spacing
        self._row_firsts: list[int] = []
        self._row_tops: list[int] = []
        self._row_heights: list[int] = []
        super().__init__(sections, width, QSize(height, height), spacing=spacing, margin=margin, head=head)

    def rect(self, index: int) -> QRect:
        """Return a tile's rectangle; an empty one for an index outside."""
        if not 0 <= index < self.count:
            return QRect()
        row = bisect_right(self._row_firsts, index) - 1
        left, right = self._left(row, index), self._left(row, index + 1) - self._spacing
        return QRect(left, self._row_tops[row], max(1, right - left), self._row_heights[row])

    def tiles_between(self, top: int, bottom: int) -> Iterator[int]:
        """Yield the tiles of all rows that meet the strip from top to bottom."""
        begin = max(0, bisect_right(self._row_tops, top) - 1)
        end = bisect_right(self._row_tops, bottom)
        if begin < end and self._row_tops[begin] + self._row_heights[begin] + self._spacing <= top:
            begin += 1
        if begin < end:
            yield from range(self._row_firsts[begin], self._end_of(end - 1))

    def moved(self, index: int, across: int, down: int) -> int:
        """Return the tile so many columns away, or the one in the next row that lies nearest."""
        if across:
            return max(0, min(self.count - 1, index + across))
        row = bisect_right(self._row_firsts, index) - 1
        other = row + (1 if down > 0 else -1)
        if not 0 <= other < len(self._row_firsts):
            return index
        middle = self.rect(index).center().x()
        nearby = range(self._row_firsts[other], self._end_of(other))
        return min(nearby, key=lambda one: abs(self.rect(one).center().x() - middle))

    def _stacked(self) -> Iterator[Block]:
        room, high = max(1, self._width - 2 * self._margin), self.tile.height()
        counts = np.fromiter((section.count for section in self.sections), np.int64, len(self.sections))
        firsts = np.cumsum(counts) - counts
        rows = self._rows(room, high, firsts, firsts + counts)
        self._row_firsts = rows.tolist()
        heights = self._heights(room, high)
        self._row_heights = heights.tolist()
        below = np.concatenate([[0], np.cumsum(heights + self._spacing)])
        starts = np.searchsorted(rows, np.append(firsts, self.count))
        inside = below[starts[1:]] - below[starts[:-1]]
        heads = np.fromiter((self._head if section.title else 0 for section in self.sections), np.int64, len(counts))
        bottoms = self._margin + np.cumsum(heads + inside)
        tiles_tops = bottoms - inside
        self._row_tops = (below[:-1] + np.repeat(tiles_tops - below[starts[:-1]], np.diff(starts))).tolist()
        yield from map(Block, firsts.tolist(), (tiles_tops - heads).tolist(), tiles_tops.tolist(), bottoms.tolist())

    def _rows(self, room: int, high: int, firsts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the first tile of each row, (rows,); sections lie from `firsts` to `ends`, (sections,).

        A row has just so many tiles that it is too wide at its full height: it is made lower until it fits. Of many
        sections the first rows are found together, then the second ones, and so on.
        """
        along = self._sums * high + self._spacing * np.arange(len(self._sums))
        nexts = np.searchsorted(along, along + (room + self._spacing))
        after = np.maximum(nexts, np.arange(1, len(nexts) + 1))
        going = firsts < ends
        found = []
        while np.count_nonzero(going) > FEW:
            firsts, ends = firsts[going], ends[going]
            found.append(firsts)
            firsts = after[firsts]
            going = firsts < ends
        one_by_one, following = [], after.data
        for first, end in zip(firsts[going].tolist(), ends[going].tolist(), strict=True):
            row = first
            while row < end:
                one_by_one.append(row)
                row = following[row]
        return np.sort(np.concatenate([*found, np.array(one_by_one, np.int64)]))

    def _heights(self, room: int, high: int) -> NDArray[np.int64]:
        """Return how high each row is, (rows,)."""
        firsts = np.array(self._row_firsts, np.int64)
        ends = np.append(firsts[1:], self.count) if len(firsts) else firsts
        lower = (room - self._spacing * (ends - firsts - 1)) / (self._sums[ends] - self._sums[firsts])
        return np.maximum(1, np.where(lower <= GROWN * high, lower, high).astype(np.int64))

    def _left(self, row: int, index: int) -> int:
        first = self._row_firsts[row]
        along = float(self._sums[index] - self._sums[first]) * self._exact(row) + self._spacing * (index - first)
        return self._margin + round(along)

    def _exact(self, row: int) -> float:
        """Return the height that fills a row to the pixel; rows that end before the edge keep theirs."""
        first, end = self._row_firsts[row], self._end_of(row)
        room = self._width - 2 * self._margin - self._spacing * (end - first - 1)
        filling = room / float(self._sums[end] - self._sums[first])
        return filling if int(filling) == self._row_heights[row] else float(self._row_heights[row])

    def _end_of(self, row: int) -> int:
        return self._row_firsts[row + 1] if row + 1 < len(self._row_firsts) else self.count
