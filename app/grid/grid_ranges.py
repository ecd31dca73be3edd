"""What is selected in a grid, as ranges of rows: a hundred thousand selected rows cost one range, not an index each."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractItemModel, QItemSelection, QItemSelectionModel


def selected_ranges(model: QItemSelectionModel) -> list[range]:
    """Return the selected rows as ranges, from the first row on."""
    selection = model.selection()
    parts = (selection.at(place) for place in range(selection.count()))
    return [range(top, bottom + 1) for top, bottom in sorted((part.top(), part.bottom()) for part in parts)]


def selection_of(model: QAbstractItemModel, rows: NDArray[np.intp]) -> QItemSelection:
    """Return a selection of rows (n,), which rise: a range for each run of them."""
    breaks = np.flatnonzero(np.diff(rows) != 1)
    firsts = rows[np.concatenate([[0], breaks + 1])] if len(rows) else rows
    lasts = rows[np.concatenate([breaks, [len(rows) - 1]])] if len(rows) else rows
    selection = QItemSelection()
    for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True):
        selection.select(model.index(first, 0), model.index(last, 0))
    return selection
