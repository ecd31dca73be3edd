"""A large place to drop folders on, with one button for the folder of pictures and one to choose another."""

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QFont, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.style import texts
from app.style.icons import icon
from app.style.painting import painting
from app.style.sheet import make_primary
from app.style.theme import CORNER, Space, TextSize, set_hint_colour, set_text_size
from app.widgets.company import Company
from app.widgets.label import Label

HIGH = 40


class DropArea(QWidget):
    """Emits the paths that are dropped on it, and that a folder is to be chosen."""

    dropped = Signal(object)
    choose = Signal()

    def __init__(self, pictures: Path | None = None, parent: QWidget | None = None) -> None:
        """`pictures` is where this system keeps pictures, None where it has no such folder."""
        super().__init__(parent)
        self._over = False
        self.setAcceptDrops(True)
        self.headline = Label(self.tr("Find the people in your photos"))
        self.hint = Label(self.tr("You can also drop folders anywhere in this window."))
        # Without a parent the button would be shown as a window of its own for a moment, which takes the focus.
        self.pictures_button = QPushButton(icon("images"), self.tr("Scan my Pictures"), self)
        self.button = QPushButton(icon("folder-open"), self.tr("Choose a folder…"))
        set_text_size(self.headline, TextSize.TITLE)
        set_hint_colour(self.hint)
        self.pictures_button.setVisible(pictures is not None)
        self.pictures_button.setToolTip(texts.plain_tip(str(pictures or "")))
        self.pictures_button.setMinimumHeight(HIGH)
        self.pictures_button.clicked.connect(lambda: self.dropped.emit([pictures]))
        self.button.clicked.connect(self.choose)
        first = make_primary(self.button if pictures is None else self.pictures_button)
        set_text_size(first, TextSize.NAME, QFont.Weight.DemiBold)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.HUGE, Space.HUGE, Space.HUGE, Space.HUGE)
        column.setSpacing(Space.MEDIUM)
        column.addStretch(1)
        for widget in (Company(), self.headline, self.pictures_button, self.button, self.hint):
            column.addWidget(widget, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.setFocusProxy(first)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a dashed frame, a solid one while something is held over it."""
        with painting(self) as painter:
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
        """Take files and folders from elsewhere."""
        if event.mimeData().hasUrls() and event.source() is None:
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
