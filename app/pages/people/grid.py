"""The grid of people: clicks on names, people dragged onto each other."""

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractItemView, QWidget

from app.grid.grid_view import GridView
from app.grid.tile import ID, TILE
from app.pages.people.delegate import PersonDelegate
from app.pages.people.model import CARRIED, NAMED, PeopleModel
from app.style import texts
from app.style.lettering import paint_line
from app.style.painting import painting
from app.style.theme import Space, TextSize, font_of

DRAGGED_SIDE = 72
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PeopleGrid(GridView):
    """Asks for a name (a click on it, or Enter where there is none), for a menu, and, by the model, for merging.

    A tile that is dragged onto another asks to merge the two.
    """

    name_wanted = Signal(int)
    """The name of a person is to be typed."""
    proposal_taken = Signal(int)
    """The name that a person is shown with was clicked."""
    menu_wanted = Signal(QPoint)
    """A context menu is wanted here, by mouse or by key; what it is about is selected."""

    def __init__(self, model: PeopleModel, delegate: PersonDelegate, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self._people, self.delegate = model, delegate
        self._pressed: int | None = None
        self._chip: int | None = None
        delegate.setParent(self)
        self.setItemDelegate(delegate)
        self.set_tile(delegate.tile_size())
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.CopyAction)
        self.setDragDropOverwriteMode(True)
        # Without it Qt takes nothing onto a tile; the tile itself shows that it is meant.
        self.setDropIndicatorShown(True)

    def set_side(self, side: int) -> None:
        """Show larger or smaller circles."""
        self.delegate.set_side(side)
        self.set_tile(self.delegate.tile_size())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask for the name of somebody without one with Enter; with Ctrl it opens everybody."""
        index = self.currentIndex()
        if event.key() not in ENTER or not index.isValid():
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier or index.data(NAMED):
            self.activated.emit(index)
        else:
            self.name_wanted.emit(int(index.data(ID)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note whose name, or which proposed one, is pressed."""
        plain = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        self._pressed = self._title_at(event.position().toPoint()) if plain else None
        self._chip = self._chip_at(event.position().toPoint()) if plain else None
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the name that was pressed, if nothing was dragged meanwhile."""
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, None
        if pressed is not None and pressed == self._title_at(event.position().toPoint()):
            self.name_wanted.emit(pressed)
        chip, self._chip = self._chip, None
        if chip is not None and chip == self._chip_at(event.position().toPoint()):
            self.proposal_taken.emit(chip)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show over a name that it can be typed in."""
        super().mouseMoveEvent(event)
        point = event.position().toPoint()
        shape = Qt.CursorShape.PointingHandCursor if self._chip_at(point) is not None else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor if self._title_at(point) is not None else shape)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a person; a name was opened, or a proposed one taken, by the first click."""
        point = event.position().toPoint()
        if self._title_at(point) is None and self._chip_at(point) is None:
            super().mouseDoubleClickEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a menu at the mouse, or, by key, at the current tile."""
        index = self.currentIndex()
        if event.reason() == QContextMenuEvent.Reason.Keyboard and index.isValid():
            self.scrollTo(index)
            self.menu_wanted.emit(self.viewport().mapToGlobal(self.visualRect(index).center()))
        elif self.indexAt(event.pos()).isValid():
            self.menu_wanted.emit(event.globalPos())

    def startDrag(self, supported: Qt.DropAction) -> None:
        """Drag the selected people as one circle with their number."""
        self._pressed = self._chip = None
        indexes = self.selectedIndexes()
        drag = QDrag(self)
        drag.setMimeData(self._people.mimeData(indexes))
        drag.setPixmap(self._dragged(len(indexes)))
        drag.setHotSpot(QPoint(DRAGGED_SIDE // 2, DRAGGED_SIDE // 2))
        drag.exec(supported)
        self._aim(None)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take people; folders are the window's."""
        if event.mimeData().hasFormat(CARRIED):
            super().dragEnterEvent(event)
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show onto whom the people would be dropped; near an edge the grid scrolls."""
        super().dragMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        self._aim(int(index.data(ID)) if event.isAccepted() and index.isValid() else None)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Forget onto whom."""
        super().dragLeaveEvent(event)
        self._aim(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell the model who was dropped onto whom."""
        super().dropEvent(event)
        self._aim(None)

    def _title_at(self, point: QPoint) -> int | None:
        index = self.indexAt(point)
        if not index.isValid():
            return None
        title = self.delegate.title_rect(self.visualRect(index))
        return int(index.data(ID)) if title.contains(point) else None

    def _chip_at(self, point: QPoint) -> int | None:
        index = self.indexAt(point)
        if not index.isValid() or not self.delegate.chip_rect(self.visualRect(index), index).contains(point):
            return None
        return int(index.data(ID))

    def _aim(self, onto: int | None) -> None:
        before, self.delegate.onto = self.delegate.onto, onto
        for person in {before, onto} - {None}:
            if person is not None:
                self.update_id(person)

    def _dragged(self, count: int) -> QPixmap:
        """Return the current tile's circle, with the number of people if there are several."""
        circle = self.delegate.circle(self.currentIndex().data(TILE), DRAGGED_SIDE, self.devicePixelRatioF())
        if count > 1:
            self._paint_count(circle, texts.number(count))
        return circle

    def _paint_count(self, circle: QPixmap, number: str) -> None:
        with painting(circle) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(font_of(TextSize.NAME))
            width = painter.fontMetrics().horizontalAdvance(number) + Space.LARGE
            badge = QRect(DRAGGED_SIDE - width, 0, width, painter.fontMetrics().height())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.palette().color(QPalette.ColorRole.Highlight))
            painter.drawRoundedRect(badge, badge.height() / 2, badge.height() / 2)
            painter.setPen(self.palette().color(QPalette.ColorRole.HighlightedText))
            paint_line(painter, badge, Qt.AlignmentFlag.AlignCenter, number)
