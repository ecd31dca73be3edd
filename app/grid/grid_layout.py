"""Where the tiles of a grid with headings lie. Arithmetic only: nothing is kept for a single tile."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QSize


@dataclass(frozen=True, slots=True)
class Section:
    """A run of `count` tiles below a heading; an empty title takes no room. `hint` stands at the heading's end.

    One that has a title and stands `beside` others shares their row where all its tiles have room in it.
    """

    title: str
    count: int
    hint: str = ""
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A section as it lies: its first tile's row number in the model, its heading's top and its tiles' top.

    Its heading goes from `left` to `right`; where it stands beside others these are its own, else the grid's.
    """

    first: int
    top: int
    tiles_top: int
    bottom: int
    left: int
    right: int


def _no_width(_title: str) -> int:
    return 0


class GridLayout:
    """The rectangles of a grid, in pixels from its top left corner.

    Tiles have one size and stand `spacing` apart; what is left of the width is shared out between them. `head` is the
    height of a heading, `title_width` how wide a title is: one that stands beside others has room for it.
    """

    def __init__(
        self,
        sections: Sequence[Section],
        width: int,
        tile: QSize,
        *,
        spacing: int,
        margin: int,
        head: int,
        title_width: Callable[[str], int] = _no_width,
    ):
        self.sections = tuple(sections)
        self.count = sum(section.count for section in self.sections)
        """The number of tiles."""
        self.tile = tile
        self.columns = max(1, (width - 2 * margin + spacing) // (tile.width() + spacing))
        spare = width - 2 * margin - self.columns * tile.width()
        gap = min(spare // (self.columns - 1), 2 * spacing) if self.columns > 1 else 0
        self._across = tile.width() + max(spacing, gap)
        self._down = tile.height() + spacing
        self._margin, self._width, self._head, self._title_width = margin, width, head, title_width
        self._blocks = list(self._stacked())
        self._firsts = [block.first for block in self._blocks]
        self._tops = [block.top for block in self._blocks]

    def _stacked(self) -> Iterator[Block]:
        first, top, below, taken = 0, self._margin, self._margin, 0
        for section in self.sections:
            columns = self._columns_of(section)
            if taken + columns > self.columns:
                top, taken = below, 0
            tiles_top = top + (self._head if section.title else 0)
            bottom = tiles_top + self._rows_of(section) * self._down
            left = self._margin + taken * self._across
            own = left + columns * self._across - self._across + self.tile.width()
            right = own if columns < self.columns else self._width - self._margin
            yield Block(first, top, tiles_top, bottom, left, right)
            first, below, taken = first + section.count, max(below, bottom), taken + columns

    def _columns_of(self, section: Section) -> int:
        """Return how many columns a section has for itself: all where it stands beside nothing."""
        if not (section.beside and section.title and section.count):
            return self.columns
        heading = -(-(self._title_width(section.title) + self._across - self.tile.width()) // self._across)
        return min(self.columns, max(1, section.count, heading))

    def _rows_of(self, section: Section) -> int:
        return -(-section.count // self.columns)

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
        return QRect(
            block.left + column * self._across,
            block.tiles_top + row * self._down,
            self.tile.width(),
            self.tile.height(),
        )

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
        block = self._blocks[section]
        return QRect(block.left, block.top, block.right - block.left, self._head)

    def head_at(self, x: int, y: int) -> int:
        """Return the section whose heading is at a point, −1 where there is none."""
        abreast = self._abreast(self.section_at(y))
        return next((section for section in abreast if self.head_rect(section).contains(x, y)), -1)

    def section_at(self, y: int) -> int:
        """Return the section whose heading or tiles lie at this height, the first in its row; −1 above all."""
        return next(iter(self._abreast(bisect_right(self._tops, y) - 1)), -1)

    def _abreast(self, section: int) -> range:
        """Return the sections that stand side by side with this one and itself; none for −1."""
        if section < 0:
            return range(0)
        first, end = section, section + 1
        while self._blocks[first].left > self._margin:
            first -= 1
        while end < len(self._blocks) and self._blocks[end].left > self._margin:
            end += 1
        return range(first, end)

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
        column += self._skipped(section)
        row += 1 if down > 0 else -1
        while not 0 <= row < self._rows_of(self.sections[section]):
            abreast = self._abreast(section)
            following = abreast.stop if down > 0 else abreast.start - 1
            if not 0 <= following < len(self._blocks):
                return index
            section = max(other for other in self._abreast(following) if self._skipped(other) <= column)
            row = 0 if down > 0 else self._rows_of(self.sections[section]) - 1
        across = max(0, column - self._skipped(section))
        return self._blocks[section].first + min(row * self.columns + across, self.sections[section].count - 1)

    def _skipped(self, section: int) -> int:
        """Return how many columns are left of a section."""
        return (self._blocks[section].left - self._margin) // self._across

    def _blocks_between(self, top: int, bottom: int) -> Iterator[tuple[int, Block]]:
        for section in range(max(0, self.section_at(top)), len(self._blocks)):
            block = self._blocks[section]
            if block.top > bottom:
                return
            if block.bottom >= top:
                yield section, block
