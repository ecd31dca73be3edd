"""A field that searches while it is typed in."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.widgets.composed_edit import ComposedEdit

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SearchEdit(ComposedEdit):
    """Tells what is searched for with every letter (`textChanged`, `composed`), and what to do with what was found."""

    opened = Signal()
    """Enter: the first that was found is wanted."""
    onward = Signal()
    """Down: the user goes to what was found."""
    left = Signal()
    """Esc: the search is over; the field is empty."""

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(True)

    def begin(self, letters: str = "") -> None:
        """Take the focus; letters that were typed elsewhere come in front of what is typed next."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if letters:
            self.setText(self.text() + letters)
        else:
            self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Esc, go on with Down or Enter."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.onward.emit()
        elif event.key() in ENTER:
            self.opened.emit()
        else:
            super().keyPressEvent(event)
