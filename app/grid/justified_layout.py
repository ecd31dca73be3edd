"""Where pictures lie in rows that are filled from edge to edge: all of a row are equally high."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QSize

from app.grid.grid_layout import Block, GridLayout, Section
from app.grid.side_by_side import share_rows

NARROWEST, WIDEST = 0.5, 2.6
"""Width by height of the narrowest and the widest place; a picture beyond these is shown whole within it."""


FEW = 50
"""Of fewer sections rows are found one by one, which is quicker then."""

GROWN = 1.3
"""How many times as high as others the last row of a section may be to reach the edge, or that of several sections."""

Integers = NDArray[np.int64]


class JustifiedLayout(GridLayout):
    """`ratios` are width by height of each tile, (n,); rows are at most `height` pixels high.

    The last row of a section ends where its tiles end; where little lacks it is filled, and up to GROWN times as high.
    Sections that stand beside others share such a row, `gap` pixels apart, if they have room in it at full height.
    Three numbers are kept for a section's part of a row, one for a tile.
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
        gap: int,
        title_width: Callable[[str], int],
    ) -> None:
        clipped = np.clip(ratios.astype(np.float64), NARROWEST, WIDEST)
        self._sums = np.concatenate([[0.0], np.cumsum(clipped)])
        self._spacing, self._gap = spacing, gap
        self._row_firsts: list[int] = []
        self._row_tops: list[int] = []
        self._row_heights: NDArray[np.float64] = np.empty(0)
        """How high rows are that fill the width to the pixel; tiles are as high as what is whole of it."""
        super().__init__(
            sections,
            width,
            QSize(height, height),
            spacing=spacing,
            margin=margin,
            head=head,
            title_width=title_width,
        )

    def rect(self, index: int) -> QRect:
        """Return a tile's rectangle; an empty one for an index outside."""
        if not 0 <= index < self.count:
            return QRect()
        row = bisect_right(self._row_firsts, index) - 1
        left, right = self._left(row, index), self._left(row, index + 1) - self._spacing
        return QRect(left, self._row_tops[row], max(1, right - left), int(self._row_heights[row]))

    def tiles_between(self, top: int, bottom: int) -> Iterator[int]:
        """Yield the tiles of all rows that meet the strip from top to bottom."""
        end = bisect_right(self._row_tops, bottom)
        begin = bisect_right(self._row_tops, top)
        if begin and self._row_tops[begin - 1] + int(self._row_heights[begin - 1]) + self._spacing > top:
            begin = bisect_left(self._row_tops, self._row_tops[begin - 1])
        if begin < end:
            yield from range(self._row_firsts[begin], self._end_of(end - 1))

    def moved(self, index: int, across: int, down: int) -> int:
        """Return the tile so many columns away, or the one in the next row that lies nearest."""
        if across:
            return max(0, min(self.count - 1, index + across))
        tops = self._row_tops
        top = tops[bisect_right(self._row_firsts, index) - 1]
        other = bisect_right(tops, top) if down > 0 else bisect_left(tops, top) - 1
        if not 0 <= other < len(tops):
            return index
        middle = self.rect(index).center().x()
        begin, last = bisect_left(tops, tops[other]), bisect_right(tops, tops[other]) - 1
        nearby = range(self._row_firsts[begin], self._end_of(last))
        return min(nearby, key=lambda one: abs(self.rect(one).center().x() - middle))

    def _stacked(self) -> Iterator[Block]:
        room, high = max(1, self._width - 2 * self._margin), self.tile.height()
        counts = np.fromiter((section.count for section in self.sections), np.int64, len(self.sections))
        firsts = np.cumsum(counts) - counts
        rows = self._rows(room, high, firsts, firsts + counts)
        starts = np.searchsorted(rows, np.append(firsts, self.count))
        parts = np.diff(starts)
        ratios, between = self._sums[firsts + counts] - self._sums[firsts], self._spacing * (counts - 1)
        sharing = share_rows(self.sections, ratios * high + between, room, self._gap, self._title_width)
        beside = np.repeat(sharing.beside, parts)
        heights = self._heights(room, rows, beside, np.repeat(sharing.fixed, parts))
        self._row_firsts, self._row_heights = rows.tolist(), heights
        # Of sections in one row only the first adds to what is below them.
        downs = np.where(beside, 0, heights.astype(np.int64) + self._spacing)
        below = np.concatenate([[0], np.cumsum(downs)])
        inside = below[starts[1:]] - below[starts[:-1]]
        heads = np.fromiter((self._head if section.title else 0 for section in self.sections), np.int64, len(counts))
        bottoms = self._margin + np.cumsum(np.where(sharing.beside, 0, heads) + inside)
        tiles_tops = bottoms - inside[sharing.leads]
        self._row_tops = (below[:-1] + np.repeat(tiles_tops - below[starts[:-1]], parts)).tolist()
        tiles = ratios * np.append(heights, 0.0)[starts[:-1]] + between
        places = firsts, tiles_tops - heads, tiles_tops, bottoms, *sharing.sides(tiles, self._margin, room)
        yield from map(Block, *(numbers.tolist() for numbers in places))

    def _rows(self, room: int, high: int, firsts: Integers, ends: Integers) -> Integers:
        """Return the first tile of each row, (rows,); sections lie from `firsts` to `ends`, (sections,).

        A row has just so many tiles that it is too wide at its full height: it is made lower until it fits. Of many
        sections the first rows are found together, then the second ones, and so on.
        """
        along: NDArray[np.float64] = self._sums * high + self._spacing * np.arange(len(self._sums))

        def after(begins: NDArray[np.float64], least: Integers) -> Integers:
            return np.maximum(np.searchsorted(along, begins + (room + self._spacing)), least)

        going = firsts < ends
        found = []
        while np.count_nonzero(going) > FEW:
            firsts, ends = firsts[going], ends[going]
            found.append(firsts)
            firsts = after(along[firsts], firsts + 1)
            going = firsts < ends
        one_by_one = []
        for first, end in zip(firsts[going].tolist(), ends[going].tolist(), strict=True):
            row, following = first, after(along[first:end], np.arange(first + 1, end + 1)).data
            while row < end:
                one_by_one.append(row)
                row = following[row - first]
        return np.sort(np.concatenate([*found, np.array(one_by_one, np.int64)]))

    def _heights(
        self, room: int, rows: Integers, beside: NDArray[np.bool_], fixed: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return how high each row is, (rows,), to fill the width; those `beside` the one before fill it together.

        `fixed` are the pixels of each that do not grow with it, besides those between its tiles.
        """
        ends = np.append(rows[1:], self.count) if len(rows) else rows
        firsts = np.flatnonzero(~beside)
        between = np.add.reduceat(self._spacing * (ends - rows - 1) + fixed, firsts)
        filling = (room - between) / np.add.reduceat(self._sums[ends] - self._sums[rows], firsts)
        high = self.tile.height()
        whole = np.maximum(1.0, np.where(filling <= GROWN * high, filling, high))
        return np.repeat(whole, np.diff(np.append(firsts, len(rows))))

    def _left(self, row: int, index: int) -> int:
        first = self._row_firsts[row]
        along = (self._sums[index] - self._sums[first]) * self._row_heights[row] + self._spacing * (index - first)
        return self._blocks[self.section_of(first)].left + round(float(along))

    def _end_of(self, row: int) -> int:
        return self._row_firsts[row + 1] if row + 1 < len(self._row_firsts) else self.count
