"""What a grid holds on to while its rows change."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from app.grid.grid_layout import GridLayout

MOST = 200
"""Tiles among which to look: more than one row ever has."""

Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Anchor:
    """Tiles by their ids: those in sight, the best to hold on to first, and how far below the top of the view each is.

    Where all of them leave, `after` and `before`, what stood below and above, take the place of the first: `top`.
    """

    seen: Ids
    tops: tuple[int, ...]
    after: Ids
    before: Ids

    def place(self, places_of: Callable[[Ids], Ids]) -> tuple[int, int] | None:
        """Return the row to hold on to and how far below the top it belongs, given the rows of ids (−1 for none)."""
        for ids, tops in ((self.seen, self.tops), (self.after, ()), (self.before[::-1], ())):
            rows = places_of(ids)
            there = np.flatnonzero(rows >= 0)
            if len(there):
                return int(rows[there[0]]), tops[there[0]] if tops else self.tops[0]
        return None


def note_anchor(layout: GridLayout, ids: Ids, offset: int, height: int) -> Anchor | None:
    """Return what is seen: tiles from their top on before those that are cut off.

    None for a view at its top, where what is new should show.
    """
    if offset <= 0 or len(ids) < layout.count:
        return None
    in_sight = list(islice(layout.tiles_between(offset, offset + height), MOST))
    if not in_sight:
        return None
    best = sorted(in_sight, key=lambda row: layout.rect(row).top() < offset)
    tops = tuple(layout.rect(row).top() - offset for row in best)
    return Anchor(ids[best], tops, ids[in_sight[-1] + 1 :], ids[: in_sight[0]])
