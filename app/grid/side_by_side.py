"""Sections of few pictures that stand side by side in rows which are filled from edge to edge."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.grid.grid_layout import Section

Widths = NDArray[np.float64]
"""In pixels."""


@dataclass(frozen=True, slots=True, eq=False)
class Sharing:
    """Which sections share a row.

    `beside` says of each whether it stands in the row of the one before it, `shared` whether it has a neighbour there;
    `gaps` is what is free before it, `fixed` that and what its title is wider than its tiles: pixels that stay as they
    are when the row grows. All are (sections,).
    """

    beside: NDArray[np.bool_]
    shared: NDArray[np.bool_]
    gaps: NDArray[np.int64]
    fixed: Widths

    @property
    def leads(self) -> NDArray[np.int64]:
        """The first section in the row of each, (sections,)."""
        return np.maximum.accumulate(np.where(self.beside, 0, np.arange(len(self.beside))))

    def sides(self, tiles: Widths, margin: int, room: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return where each section begins and where what follows it does, (sections,), whose tiles are so wide."""
        widths = np.where(self.shared, tiles + self.fixed, 0.0)
        before = np.cumsum(widths) - widths
        lefts = margin + np.floor(before - before[self.leads] + self.gaps).astype(np.int64)
        own = np.rint(widths - self.gaps).astype(np.int64)
        return lefts, lefts + np.where(self.shared, own, room)


def share_rows(
    sections: Sequence[Section], tiles: Widths, room: int, gap: int, title_width: Callable[[str], int]
) -> Sharing:
    """Return which sections stand side by side, `gap` pixels apart, whose tiles in one row are so wide, (sections,).

    A row takes sections as long as they have room, as words are set in lines.
    """
    widths = _widths(sections, tiles, room, gap, title_width)
    found, taken = [], np.inf
    for width in widths.tolist():
        taken += gap + width
        found.append(taken <= room)
        if taken > room:
            taken = width
    beside = np.array(found, bool)
    shared = beside | np.append(beside[1:], False)[: len(beside)]
    gaps = np.where(beside, gap, 0)
    return Sharing(beside, shared, gaps, gaps + np.where(shared, widths - tiles, 0.0))


def _widths(
    sections: Sequence[Section], tiles: Widths, room: int, gap: int, title_width: Callable[[str], int]
) -> Widths:
    """Return how much room each section takes; that of one which has to stand alone is infinite.

    Measuring a title takes as long as laying out a hundred tiles, so only those are measured that may have a neighbour.
    """
    alone = tiles > room
    for place in np.flatnonzero(~alone).tolist():
        section = sections[place]
        alone[place] = not (section.beside and section.title and section.count)
    widths = np.where(alone, np.inf, tiles)
    pairs = widths[:-1] + gap + widths[1:] <= room
    near = np.zeros(len(widths), bool)
    near[:-1] |= pairs
    near[1:] |= pairs
    for place in np.flatnonzero(near).tolist():
        widths[place] = max(widths[place], title_width(sections[place].title))
    return np.where(near, widths, np.inf)
