"""A list model whose rows are known by id, so that selection and scroll position survive any change."""

from collections.abc import Callable, Collection, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.grid.grid_layout import Section
from app.grid.places import Ids, Places
from app.grid.tile import ID, TILE, Tile
from app.style import texts

Index = QModelIndex | QPersistentModelIndex

SINGLY = 60
"""So many rows are told of one by one: each costs a view as much as painting all that is in sight."""


class IdModel(QAbstractListModel):
    """Rows of ids (n,) int64, each id once, in sections; children say what a row's tile shows."""

    rows_changing = Signal()
    """Rows are about to change; a view notes what it shows."""
    rows_changed = Signal()
    """Rows and sections have changed."""
    carried: Callable[[Sequence[int]], QMimeData] | None = None
    """What is dragged of rows, by their ids; None where nothing can be."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids: Ids = np.empty(0, np.int64)
        self._sections: tuple[Section, ...] = ()
        self._places: Places | None = None
        self.revision = 0
        """Another number whenever a grid has to lay out its tiles anew."""

    @property
    def ids(self) -> Ids:
        """The id of every row."""
        return self._ids

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections, whose counts add up to the rows."""
        return self._sections

    def tile(self, row: int) -> Tile:
        """Return what a row shows."""
        raise NotImplementedError

    def heading(self, row: int) -> str:
        """Return the heading that a row stands under, with its hint; "" where there is none."""
        ends = np.cumsum([section.count for section in self._sections])
        section = self._sections[int(np.searchsorted(ends, row, side="right"))]
        parts = (section.title, section.hint)
        return ", ".join(part for part in parts if part) if section.title else ""

    def row_of(self, row_id: int) -> int:
        """Return the row of an id, −1 where there is none."""
        return self._lookup().one(row_id)

    def places_of(self, row_ids: Ids) -> NDArray[np.int64]:
        """Return the row of each of these ids, (n,), −1 for one that is not shown."""
        return self._lookup().of(row_ids)

    def rows_of(self, row_ids: Ids) -> NDArray[np.int64]:
        """Return the rows of those ids that there are, rising."""
        rows = np.unique(self.places_of(row_ids))
        return rows[rows >= 0]

    def set_rows(self, ids: Ids, sections: Sequence[Section] = ()) -> None:
        """Show these ids; rows that stay keep their selection, and only what changed is told to the views."""
        self.rows_changing.emit()
        if not np.array_equal(ids, self._ids):
            stays = Places(ids).of(self._ids) >= 0
            known = self._lookup().of(ids) >= 0
            leave, come = self._ids[~stays], ids[~known]
            self._reorder(np.concatenate([ids[known], leave]))
            self._drop_last(len(leave))
            self._append(come)
            self._reorder(ids)
        sections = tuple(sections) or (Section("", len(ids)),)
        if sections != self._sections:
            self._sections = sections
            self.revision += 1
        self.rows_changed.emit()

    def refresh(self, ids: Collection[int]) -> None:
        """Tell the views that these rows look different now; of many rows they are told at once."""
        if len(ids) > SINGLY:
            self.refresh_all()
            return
        for row_id in ids:
            row = self.row_of(row_id)
            if row >= 0:
                index = self.index(row)
                self.dataChanged.emit(index, index)

    def refresh_all(self) -> None:
        """Tell the views that every row may look different now."""
        if len(self._ids):
            self.dataChanged.emit(self.index(0), self.index(len(self._ids) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's default
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the tile, or what screen readers and tool tips ask of it."""
        if not index.isValid():
            return None
        if role == ID:
            return int(self._ids[index.row()])
        tile = self.tile(index.row())
        if role == TILE:
            return tile
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return tile.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return tile.spoken or tile.title
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return self.heading(index.row())
        return texts.plain_tip(tile.tip) if role == Qt.ItemDataRole.ToolTipRole and tile.tip else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say which rows can be dragged."""
        flags = super().flags(index)
        can_be_dragged = self.carried is not None and index.isValid()
        return flags | Qt.ItemFlag.ItemIsDragEnabled if can_be_dragged else flags

    def supportedDragActions(self) -> Qt.DropAction:
        """Let what is dragged be copied, never moved."""
        return Qt.DropAction.CopyAction

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Carry what these rows stand for."""
        return self.carried([int(self._ids[index.row()]) for index in indexes]) if self.carried else QMimeData()

    def _lookup(self) -> Places:
        if self._places is None:
            self._places = Places(self._ids)
        return self._places

    def _reorder(self, ids: Ids) -> None:
        if np.array_equal(ids, self._ids):
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        held = [int(self._ids[index.row()]) for index in before]
        self._take(ids)
        self.changePersistentIndexList(before, [self.index(self.row_of(row_id)) for row_id in held])
        self.layoutChanged.emit()

    def _drop_last(self, count: int) -> None:
        if count:
            self.beginRemoveRows(QModelIndex(), len(self._ids) - count, len(self._ids) - 1)
            self._take(self._ids[:-count])
            self.endRemoveRows()

    def _append(self, ids: Ids) -> None:
        if len(ids):
            self.beginInsertRows(QModelIndex(), len(self._ids), len(self._ids) + len(ids) - 1)
            self._take(np.concatenate([self._ids, ids]))
            self.endInsertRows()

    def _take(self, ids: Ids) -> None:
        self._ids = np.asarray(ids, np.int64)
        self._places = None
        self.revision += 1
        # A view may look while rows change: until the new sections are known there is one, without a heading.
        self._sections = (Section("", len(ids)),)
