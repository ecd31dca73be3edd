"""The names that are known, below a field that is typed in."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem

from app.theme import Space

NARROWEST = 200


class NameOffers(QListWidget):
    """A list over the window that never takes the focus, so that the field goes on being typed in.

    It lies in the field's window rather than in one of its own, which systems place and give the keys as they like.
    """

    taken = Signal(int)
    """The id of a name that was clicked."""

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field.window())
        self._field = field
        self.setAccessibleName(self.tr("Known names"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.itemClicked.connect(lambda item: self.taken.emit(item.data(Qt.ItemDataRole.UserRole)))
        self.hide()

    def offer(self, names: Sequence[tuple[int, str]]) -> None:
        """Show these ids and names, none of them chosen; no names hide the list."""
        self.clear()
        for name_id, name in names:
            item = QListWidgetItem(name, self)
            item.setData(Qt.ItemDataRole.UserRole, name_id)
            item.setSizeHint(QSize(0, self.fontMetrics().height() + Space.SMALL))
        self.setVisible(bool(names))
        if names:
            self.place()
            self.raise_()

    def names(self) -> list[str]:
        """Return the names that are shown."""
        return [self.item(row).text() for row in range(self.count())] if self.isVisible() else []

    def step(self, by: int) -> int | None:
        """Choose the next or the name before and return its id; before the first and after the last none is."""
        row = self.currentRow() + by
        row = self.count() - 1 if row < -1 else row
        self.setCurrentRow(row if row < self.count() else -1)
        item = self.currentItem()
        return None if item is None else int(item.data(Qt.ItemDataRole.UserRole))

    def place(self) -> None:
        """Lie below the field, or above it where there is more room."""
        field, room = self._field, self.parentWidget().rect()
        height = self.sizeHintForRow(0) * self.count() + 2 * self.frameWidth()
        longest = max((self.fontMetrics().horizontalAdvance(name) for name in self.names()), default=0)
        width = min(room.width(), max(NARROWEST, field.width(), longest + Space.HUGE))
        top = field.mapTo(self.parentWidget(), QPoint(0, field.height() + Space.TINY))
        left = max(0, min(top.x(), room.width() - width))
        above = top.y() - field.height() - 2 * Space.TINY - height
        below = top.y() + height <= room.height() or above < 0
        self.setGeometry(left, top.y() if below else above, width, height)
