"""A large place to drop folders on, with a button for those who would rather choose."""

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.style.theme import CORNER, Space, TextSize, set_hint_colour, set_text_size
from app.widgets.label import Label


class DropArea(QWidget):
    """Emits the paths that are dropped on it, and that a folder is to be chosen."""

    dropped = Signal(object)
    choose = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._over = False
        self.setAcceptDrops(True)
        self.headline, self.hint = Label(self.tr("Drop your photo folders here")), Label(self.tr("or"))
        self.button = QPushButton(self.tr("Choose a folder…"))
        set_text_size(self.headline, TextSize.TITLE)
        set_hint_colour(self.hint)
        self.button.setDefault(True)
        self.button.clicked.connect(self.choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.HUGE, Space.HUGE, Space.HUGE, Space.HUGE)
        column.setSpacing(Space.MEDIUM)
        column.addStretch(1)
        for widget in (self.headline, self.hint, self.button):
            column.addWidget(widget, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.setFocusProxy(self.button)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a dashed frame, a solid one while something is held over it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role = QPalette.ColorRole.Highlight if self._over else QPalette.ColorRole.PlaceholderText
        painter.setPen(
            QPen(self.palette().color(role), 2, Qt.PenStyle.SolidLine if self._over else Qt.PenStyle.DashLine)
        )
        painter.setBrush(
            self.palette().color(QPalette.ColorRole.AlternateBase if self._over else QPalette.ColorRole.Base)
        )
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), CORNER, CORNER)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders."""
        if event.mimeData().hasUrls():
            self._show_over(over=True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Look as before."""
        self._show_over(over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand on what was dropped."""
        self._show_over(over=False)
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def _show_over(self, *, over: bool) -> None:
        self._over = over
        self.update()
