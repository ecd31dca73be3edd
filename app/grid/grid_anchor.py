"""What a grid holds on to while its rows change."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.grid.grid_layout import GridLayout


@dataclass(frozen=True, slots=True)
class Anchor:
    """A tile by its id, and how far below the top of the view it stands."""

    row_id: int
    top: int


def note_anchor(layout: GridLayout, ids: NDArray[np.int64], offset: int, height: int) -> Anchor | None:
    """Return the first tile in sight, None for a view at its top, where what is new should show."""
    if offset <= 0 or len(ids) < layout.count:
        return None
    row = next(layout.tiles_between(offset, offset + height), None)
    return None if row is None else Anchor(int(ids[row]), layout.rect(row).top() - offset)
