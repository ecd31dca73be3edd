"""What every page is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.session.context import Context
from app.style.theme import Space, TextSize, set_text_size
from app.widgets.label import Label


class Page(QWidget):
    """A title row (`head`, to which a page adds its tools) and below it what the page adds to `body`.

    The window calls `enter` when the page comes into sight and `memory` when it goes; what `memory` returned comes back
    to `enter` when the user returns.
    """

    def __init__(self, context: Context, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setAccessibleName(title)
        self.title = Label(title)
        set_text_size(self.title, TextSize.TITLE)
        # Where there is no room for both, the title gives way, not the tools.
        self.title.setMinimumWidth(Space.HUGE)
        self.head = QHBoxLayout()
        self.head.setContentsMargins(Space.WIDE, Space.LARGE, Space.WIDE, Space.SMALL)
        self.head.setSpacing(Space.SMALL)
        self.head.addWidget(self.title, alignment=Qt.AlignmentFlag.AlignLeft)
        self.head.addStretch(1)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addLayout(self.head)

    def set_title(self, title: str) -> None:
        """Name the page, also to screen readers."""
        self.title.setText(title)
        self.setAccessibleName(title)

    def enter(self, subject: int | None, memory: object) -> None:
        """Show the subject; `memory` is None on a first visit."""

    def memory(self) -> object:
        """Return what to give back to `enter` when the user returns; the page goes out of sight now."""
        return None

    def escape(self) -> bool:
        """Do what Esc means inside the page (end a search, a drawing); return False where that is nothing."""
        return False

    def begin_search(self) -> None:
        """Begin a search (Ctrl+F), on a page that has one."""

    def keys(self) -> list[tuple[str, str]]:
        """Return the page's own keys, as text, each with what it does."""
        return []
