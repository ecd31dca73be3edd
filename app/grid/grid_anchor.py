"""What a grid holds on to while its rows change."""

from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from app.grid.grid_layout import GridLayout

MOST = 200
"""Tiles among which to look: more than one row ever has."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A tile by its id, and how far below the top of the view it stands."""

    row_id: int
    top: int


def note_anchor(layout: GridLayout, ids: NDArray[np.int64], offset: int, height: int) -> Anchor | None:
    """Return the first tile that is seen from its top on, else the first in sight.

    None for a view at its top, where what is new should show.
    """
    if offset <= 0 or len(ids) < layout.count:
        return None
    in_sight = list(islice(layout.tiles_between(offset, offset + height), MOST))
    row = next((row for row in in_sight if layout.rect(row).top() >= offset), next(iter(in_sight), None))
    return None if row is None else Anchor(int(ids[row]), layout.rect(row).top() - offset)
