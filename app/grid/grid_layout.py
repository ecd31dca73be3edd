"""Where the tiles of a grid with headings lie. Arithmetic only: nothing is kept for a single tile."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QSize


@dataclass(frozen=True, slots=True)
class Section:
    """A run of `count` tiles below a heading; an empty title takes no room. `hint` stands at the heading's end."""

    title: str
    count: int
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A section as it lies: its first tile's row number in the model, its heading's top and its tiles' top."""

    first: int
    top: int
    tiles_top: int
    bottom: int


class GridLayout:
    """The rectangles of a grid, in pixels from its top left corner.

    Tiles have one size and stand `spacing` apart; what is left of the width is shared out between them. `head` is the
    height of a heading.
    """

    def __init__(self, sections: Sequence[Section], width: int, tile: QSize, *, spacing: int, margin: int, head: int):
        self.sections = tuple(sections)
        self.count = sum(section.count for section in self.sections)
        """The number of tiles."""
        self.tile = tile
        self.columns = max(1, (width - 2 * margin + spacing) // (tile.width() + spacing))
        spare = width - 2 * margin - self.columns * tile.width()
        gap = min(spare // (self.columns - 1), 2 * spacing) if self.columns > 1 else 0
        self._across = tile.width() + max(spacing, gap)
        self._down = tile.height() + spacing
        self._margin, self._width, self._head = margin, width, head
        self._blocks = list(self._stacked())
        self._firsts = [block.first for block in self._blocks]
        self._tops = [block.top for block in self._blocks]

    def _stacked(self) -> Iterator[Block]:
        first, top = 0, self._margin
        for section in self.sections:
            tiles_top = top + (self._head if section.title else 0)
            rows = -(-section.count // self.columns)
            bottom = tiles_top + rows * self._down
            yield Block(first, top, tiles_top, bottom)
            first, top = first + section.count, bottom

    @property
    def height(self) -> int:
        """The height of everything."""
        return (self._blocks[-1].bottom if self._blocks else 0) + self._margin

    @property
    def row_height(self) -> int:
        """From the top of a row of tiles to the top of the next."""
        return self._down

    def rect(self, index: int) -> QRect:
        """Return a tile's rectangle; an empty one for an index outside."""
        if not 0 <= index < self.count:
            return QRect()
        block = self._blocks[bisect_right(self._firsts, index) - 1]
        row, column = divmod(index - block.first, self.columns)
        left = self._margin + column * self._across
        return QRect(left, block.tiles_top + row * self._down, self.tile.width(), self.tile.height())

    def index_at(self, x: int, y: int) -> int:
        """Return the tile at a point, −1 where there is none."""
        for index in self.tiles_between(y, y):
            if self.rect(index).contains(x, y):
                return index
        return -1

    def tiles_between(self, top: int, bottom: int) -> Iterator[int]:
        """Yield the tiles of all rows that meet the strip from top to bottom."""
        for section, block in self._blocks_between(top, bottom):
            count = self.sections[section].count
            begin = max(0, (top - block.tiles_top) // self._down)
            end = max(0, (bottom - block.tiles_top) // self._down + 1)
            yield from range(
                block.first + min(count, begin * self.columns), block.first + min(count, end * self.columns)
            )

    def tiles_in(self, area: QRect) -> Iterator[int]:
        """Yield the tiles that meet a rectangle."""
        return (index for index in self.tiles_between(area.top(), area.bottom()) if self.rect(index).intersects(area))

    def heads_between(self, top: int, bottom: int) -> Iterator[tuple[Section, QRect]]:
        """Yield the sections whose heading meets the strip, with the heading's rectangle."""
        for section, _ in self._blocks_between(top, bottom):
            if self.sections[section].title:
                yield self.sections[section], self.head_rect(section)

    def head_rect(self, section: int) -> QRect:
        """Return the rectangle of a section's heading."""
        return QRect(self._margin, self._blocks[section].top, self._width - 2 * self._margin, self._head)

    def section_at(self, y: int) -> int:
        """Return the section whose heading or tiles lie at this height, −1 above the first."""
        return bisect_right(self._tops, y) - 1

    def section_of(self, index: int) -> int:
        """Return the section that a tile is in, −1 for an index outside."""
        return bisect_right(self._firsts, index) - 1 if 0 <= index < self.count else -1

    def sections_of(self, indexes: NDArray[np.integer]) -> NDArray[np.int64]:
        """Return the section of each of these tiles, (n,), all of which there are."""
        return np.searchsorted(self._firsts, indexes, side="right") - 1

    def first_of(self, section: int) -> int:
        """Return the first tile of a section."""
        return self._blocks[section].first

    def moved(self, index: int, across: int, down: int) -> int:
        """Return the tile so many columns and rows away, staying inside; rows go on in the next section."""
        if across:
            return max(0, min(self.count - 1, index + across))
        section = bisect_right(self._firsts, index) - 1
        row, column = divmod(index - self._blocks[section].first, self.columns)
        row += 1 if down > 0 else -1
        while 0 <= section < len(self._blocks):
            rows = -(-self.sections[section].count // self.columns)
            if 0 <= row < rows:
                place = min(row * self.columns + column, self.sections[section].count - 1)
                return self._blocks[section].first + place
            section += 1 if down > 0 else -1
            if 0 <= section < len(self._blocks):
                row = 0 if down > 0 else -(-self.sections[section].count // self.columns) - 1
        return index

    def _blocks_between(self, top: int, bottom: int) -> Iterator[tuple[int, Block]]:
        place = max(0, bisect_right(self._tops, top) - 1)
        for section in range(place, len(self._blocks)):
            block = self._blocks[section]
            if block.top > bottom:
                return
            if block.bottom >= top:
                yield section, block
