"""Which row is current after rows have left: the next one that is still there, not whatever Qt finds at the end."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QAbstractItemView

from app.grid.id_model import IdModel


class KeptCurrent:
    """Looks after the current row of a view while an `IdModel` changes; nothing is scrolled for it."""

    def __init__(self, view: QAbstractItemView, model: IdModel) -> None:
        self._view, self._model = view, model
        self._ids: NDArray[np.int64] = model.ids
        self._row = -1

    def note(self) -> None:
        """Remember the rows before they change."""
        self._ids, self._row = self._model.ids, self._view.currentIndex().row()

    def let_go(self, first: int, last: int) -> None:
        """Have no current row if it is one of these, which are about to leave."""
        if first <= self._view.currentIndex().row() <= last:
            self._view.selectionModel().clearCurrentIndex()

    def restore(self) -> None:
        """Make current what stood nearest to a row that has left, those after it first."""
        if self._row < 0 or self._view.currentIndex().isValid():
            return
        stayed = np.flatnonzero(np.isin(self._ids, self._model.ids))
        if len(stayed):
            place = min(int(np.searchsorted(stayed, self._row)), len(stayed) - 1)
            self._make_current(int(self._ids[stayed[place]]))
        self._row = -1

    def _make_current(self, row_id: int) -> None:
        index = self._model.index(self._model.row_of(row_id))
        scrolls = self._view.hasAutoScroll()
        self._view.setAutoScroll(False)
        self._view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self._view.setAutoScroll(scrolls)
