"""The names that are known, below a field that is typed in."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem

from app.names.namesakes import SIDE, Mark
from app.style.theme import Space

NARROWEST = 200
NAME = Qt.ItemDataRole.UserRole + 1
"""The role under which an entry has the name alone."""
FEWEST = 3
"""Names that have to fit below the field; the others are reached with the arrow keys."""


class NameOffers(QListWidget):
    """A list over the window that never takes the focus, so that the field goes on being typed in.

    It lies in the field's window rather than in one of its own, which systems place and give the keys as they like.
    """

    taken = Signal(int)
    """The id of a name that was clicked."""

    def __init__(self, field: QLineEdit) -> None:
        self._field, self._window = field, field.window()
        super().__init__(self._window)
        self.setAccessibleName(self.tr("Known names"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setIconSize(QSize(SIDE, SIDE))
        self.itemClicked.connect(lambda item: self.taken.emit(item.data(Qt.ItemDataRole.UserRole)))
        self.hide()

    def offer(self, names: Sequence[tuple[int, str]]) -> None:
        """Show these ids and names, none of them chosen; no names hide the list."""
        self.clear()
        for name_id, name in names:
            item = QListWidgetItem(name, self)
            item.setData(Qt.ItemDataRole.UserRole, name_id)
            item.setData(NAME, name)
            # There is room for a face from the start: the list does not grow when it comes.
            item.setSizeHint(QSize(0, max(self._line(), SIDE + Space.TINY) if name_id > 0 else self._line()))
        self.setVisible(bool(names))
        if names:
            self.place()
            self.raise_()

    def show_marks(self, mark_of: Callable[[int], Mark | None]) -> None:
        """Show beside each name a face, and what tells those apart who share it."""
        for row in range(self.count()):
            item = self.item(row)
            mark = mark_of(item.data(Qt.ItemDataRole.UserRole))
            if mark is None:
                continue
            if mark.text:
                item.setText(f"{item.data(NAME)}  ·  {mark.text}")
            if mark.face is not None:
                item.setIcon(QIcon(mark.face))
        self.place()

    def names(self) -> list[str]:
        """Return the names that are shown."""
        return [self.item(row).data(NAME) for row in range(self.count())] if self.isVisible() else []

    def step(self, by: int) -> int | None:
        """Choose the next or the name before and return its id; before the first and after the last none is."""
        row = self.currentRow() + by
        row = self.count() - 1 if row < -1 else row
        self.setCurrentRow(row if row < self.count() else -1)
        item = self.currentItem()
        return None if item is None else int(item.data(Qt.ItemDataRole.UserRole))

    def place(self) -> None:
        """Lie beside the field; it often stands below a face, which has to be seen while its name is typed."""
        field = QRect(self._field.mapTo(self._window, QPoint()), self._field.size())
        items = [self.item(row) for row in range(self.count())]
        longest = max((self.fontMetrics().horizontalAdvance(item.text()) for item in items), default=0)
        faces = SIDE + Space.SMALL if any(not item.icon().isNull() for item in items) else 0
        width = min(self._window.width(), max(NARROWEST, field.width(), longest + faces + Space.HUGE))
        frame = 2 * self.frameWidth()
        room = self._window.size() - QSize(0, frame)
        line = max((item.sizeHint().height() for item in items), default=self._line())
        place = offers_place(field, QSize(width, self.count() * line), line, room)
        self.setGeometry(place.adjusted(0, 0, 0, frame))

    def _line(self) -> int:
        return self.fontMetrics().height() + Space.SMALL


def offers_place(field: QRect, whole: QSize, line: int, room: QSize) -> QRect:
    """Return where offers lie: below the field, if need be with fewer lines; else right or left of it; else above."""
    left = max(0, min(field.left(), room.width() - whole.width()))
    top = field.bottom() + 1 + Space.TINY
    lines = min(whole.height(), room.height() - top) // line
    if lines >= min(FEWEST, whole.height() // line):
        return QRect(left, top, whole.width(), lines * line)
    for beside in (field.right() + 1 + Space.TINY, field.left() - Space.TINY - whole.width()):
        if 0 <= beside <= room.width() - whole.width():
            return QRect(QPoint(beside, max(0, field.bottom() + 1 - whole.height())), whole)
    return QRect(QPoint(left, max(0, field.top() - Space.TINY - whole.height())), whole)
