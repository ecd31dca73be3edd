"""A grid of tiles with headings over an `IdModel`: any number of rows, only those in sight cost anything."""

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPaintEvent, QRegion, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyleOptionViewItem, QWidget

from app.grid.grid_anchor import Anchor, note_anchor
from app.grid.grid_band import Band
from app.grid.grid_bar import hide_idle_handle, is_at_end
from app.grid.grid_current import KeptCurrent
from app.grid.grid_keys import reached
from app.grid.grid_layout import GridLayout
from app.grid.grid_paint import paint_head, state_of, title_width
from app.grid.grid_ranges import selected_ranges, selection_of
from app.grid.grid_rings import Rings, with_ring
from app.grid.id_model import IdModel
from app.grid.places import Ids
from app.style.painting import painting
from app.style.theme import Space, TextSize, font_of

ZOOM_STEP = 1.15
PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
Index = QModelIndex | QPersistentModelIndex
laid_out = partial(GridLayout, spacing=Space.MEDIUM, margin=Space.WIDE, title_width=title_width)


class GridView(QListView):
    """Lays tiles out itself; selection, dragging, editing and accessibility are QListView's.

    The row that is first in sight stays where it is when rows come and go, unless the view is at its top.
    """

    zoomed = Signal(float)
    """Ctrl and the wheel were turned: the factor by which tiles should grow."""
    preview = Signal(QModelIndex)
    """Space was pressed on a tile."""

    def __init__(self, model: IdModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tile = QSize(120, 120)
        self._layout = laid_out((), 100, self._tile, head=0)
        self._laid: tuple[object, ...] = ()
        self._anchor: Anchor | None = None
        self._ids = model
        self._band = Band(self)
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        hide_idle_handle(self.verticalScrollBar())
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self._current, self._rings = KeptCurrent(self, model), Rings(self)
        model.rows_changing.connect(self._note_anchor)
        model.rows_changing.connect(self._current.note)
        model.rows_changed.connect(self._show_rows)
        model.rows_changed.connect(self._current.restore)

    def set_tile(self, size: QSize) -> None:
        """Give all tiles this size, keeping the first tile in sight."""
        if size != self._tile:
            self._note_anchor()
            self._tile = size
            self._show_rows()

    @property
    def tiles(self) -> GridLayout:
        """Where everything lies, in pixels from the top of the content."""
        return self._layout

    @property
    def head_height(self) -> int:
        """How high the heading of a section is."""
        return QFontMetrics(font_of(TextSize.NAME)).height() + Space.WIDE

    def selected(self) -> Ids:
        """Return the ids of the selected rows, (n,), in the order of the rows."""
        parts = [self._ids.ids[rows.start : rows.stop] for rows in selected_ranges(self.selectionModel())]
        return np.concatenate([np.empty(0, np.int64), *parts])

    def selected_ids(self) -> list[int]:
        """Return the same as a list."""
        ids: list[int] = self.selected().tolist()
        return ids

    def select_ids(self, ids: Ids | Sequence[int]) -> None:
        """Select the rows of these ids and nothing else."""
        selection = selection_of(self._ids, self._ids.rows_of(np.asarray(ids, np.int64)))
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def selectAll(self) -> None:
        """Select every row: one range, where QListView takes 80 ms for a hundred thousand."""
        rows = np.arange(self._ids.rowCount())
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().select(selection_of(self._ids, rows), flags)

    def current_id(self) -> int | None:
        """Return the id of the current row."""
        index = self.currentIndex()
        return int(self._ids.ids[index.row()]) if index.isValid() else None

    def make_layout(self, width: int, head: int) -> GridLayout:
        """Return where everything lies; the cost is that of the sections, not of the tiles."""
        return laid_out(self._ids.sections, width, self._tile, head=head)

    def update_id(self, row_id: int) -> None:
        """Paint the tile of this id again, if it is in sight."""
        row = self._ids.row_of(row_id)
        if row >= 0:
            rect = with_ring(self.visualRect(self._ids.index(row)))
            if rect.intersects(self.viewport().rect()):
                self.viewport().update(rect)

    def doItemsLayout(self) -> None:
        """Compute the layout, unless nothing has changed since: Qt asks for it often."""
        width, head = self.viewport().width(), self.head_height
        laid = self._ids.revision, width, head, self._tile
        if laid != self._laid:
            self._laid, self._layout = laid, self.make_layout(width, head)
        self.updateGeometries()
        self.updateEditorGeometries()
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        """Make room for larger or smaller letters."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.set_tile(self.itemDelegate().sizeHint(QStyleOptionViewItem(), QModelIndex()))
            self._show_rows()

    def rowsAboutToBeRemoved(self, parent: Index, start: int, end: int) -> None:
        """Let go of a current row that leaves: which one follows is known when all rows have changed."""
        self._current.let_go(start, end)
        super().rowsAboutToBeRemoved(parent, start, end)

    def updateGeometries(self) -> None:
        """Give the scroll bar its range."""
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, self._layout.height - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(max(20, self._layout.row_height // 3))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for the new width, keeping the first tile in sight; at the end, the last one."""
        at_end = is_at_end(self.verticalScrollBar())
        QAbstractItemView.resizeEvent(self, event)
        self._note_anchor()
        self._show_rows()
        if at_end:
            self.scrollToBottom()

    def visualRect(self, index: Index) -> QRect:
        """Return a tile's rectangle in the viewport."""
        return self._layout.rect(index.row()).translated(0, -self.verticalOffset()) if index.isValid() else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Return the tile at a point of the viewport."""
        row = self._layout.index_at(point.x(), point.y() + self.verticalOffset())
        return self._ids.index(row) if row >= 0 else QModelIndex()

    def verticalOffset(self) -> int:
        """Return how far the content is scrolled."""
        return self.verticalScrollBar().value()

    def horizontalOffset(self) -> int:
        """Return 0: the grid is as wide as the view."""
        return 0

    def isIndexHidden(self, index: Index) -> bool:
        """Return False: every row has its tile."""
        return False

    def scrollTo(self, index: Index, hint: QListView.ScrollHint = QListView.ScrollHint.EnsureVisible) -> None:
        """Bring a tile into sight, with a little room around it."""
        rect = self.visualRect(index)
        if not index.isValid() or rect.isNull():
            return
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if hint == QListView.ScrollHint.PositionAtCenter:
            bar.setValue(bar.value() + rect.center().y() - height // 2)
        elif rect.top() < 0 or hint == QListView.ScrollHint.PositionAtTop:
            bar.setValue(bar.value() + rect.top() - Space.WIDE)
        elif rect.bottom() > height:
            bar.setValue(bar.value() + rect.bottom() - height + Space.LARGE)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Return where a key leads."""
        row = reached(self._layout, self.currentIndex().row(), action, self.viewport().height())
        return self._ids.index(row) if row >= 0 else QModelIndex()

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select the tiles that a drawn rectangle meets, else all from one of its corners to the other."""
        selection = QItemSelection()
        ends = self.indexAt(rect.topLeft()), self.indexAt(rect.bottomRight())
        if self.state() != QAbstractItemView.State.DragSelectingState and ends[0].isValid() and ends[1].isValid():
            selection.select(*sorted(ends, key=QModelIndex.row))
        else:
            area = rect.normalized().translated(0, self.verticalOffset())
            for row in self._layout.tiles_in(area):
                selection.select(self._ids.index(row), self._ids.index(row))
        self.selectionModel().select(selection, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Return the part of the viewport that a selection covers, rings included."""
        region = QRegion()
        for row in self._rows_in_sight(self.viewport().rect()):
            index = self._ids.index(row)
            if selection.contains(index):
                region += with_ring(self.visualRect(index))
        return region

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move what is painted and paint only the rest."""
        self.viewport().scroll(dx, dy)
        self.updateEditorGeometries()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the headings and tiles that the exposed area meets."""
        with painting(self.viewport()) as painter:
            area = event.rect().translated(0, self.verticalOffset())
            for section, rect in self._layout.heads_between(area.top(), area.bottom()):
                paint_head(painter, self.palette(), section, rect.translated(0, -self.verticalOffset()))
            option = QStyleOptionViewItem()
            self.initViewItemOption(option)
            state, delegate = option.state, self.itemDelegate()
            pointer = self.viewport().mapFromGlobal(self.cursor().pos())
            pointed = self.indexAt(pointer) if self.underMouse() else QModelIndex()
            for row in self._rows_in_sight(event.rect()):
                index = self._ids.index(row)
                option.rect = self.visualRect(index)
                option.state = state | state_of(self, index, pointed)
                delegate.paint(painter, option, index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Offer a preview with Space; Enter opens on every system; the rest is as in any list."""
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_Space and not event.modifiers() and index.isValid():
            self.preview.emit(index)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid() and not event.modifiers():
            self.activated.emit(index)
        elif event.text().isprintable() and event.text() and event.modifiers() in PLAIN:
            event.ignore()  # a letter is the page's: a search by name, or an answer
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoomed.emit(ZOOM_STEP ** (event.angleDelta().y() / 120))
            event.accept()
        else:
            super().wheelEvent(event)

    def _rows_in_sight(self, area: QRect) -> Iterator[int]:
        top = area.top() + self.verticalOffset()
        return self._layout.tiles_between(top, top + area.height())

    def _note_anchor(self) -> None:
        self._anchor = note_anchor(self._layout, self._ids.ids, self.verticalOffset(), self.viewport().height())

    def _show_rows(self) -> None:
        """Lay out and put the anchor back where it stood."""
        self.doItemsLayout()
        held = self._anchor.place(self._ids.places_of) if self._anchor else None
        if held is not None:
            row, top = held
            self.verticalScrollBar().setValue(self._layout.rect(row).top() - top)
