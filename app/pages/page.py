"""What every page is."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.session.context import Context
from app.style.theme import Space, TextSize, set_text_size
from app.widgets.actions import Keys
from app.widgets.title_label import TitleLabel
from engine.library.changes import Changes


class Page(QWidget):
    """A title row (`head`, to which a page adds its tools) and below it what the page adds to `body`.

    The window calls `enter` when the page comes into sight and `memory` when it goes; what `memory` returned comes back
    to `enter` when the user returns. Between the two, `follow` is told what is written; what is written while the page
    is out of sight, it is not. So `enter` reads everything anew or, on a page that keeps what it has read, begins with
    `catch_up`.
    """

    counted = Signal(int, int)
    """So many things wait on the page, as far as it knows, and of them so many that only the page looks for."""

    def __init__(self, context: Context, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._behind = False
        self._missed: Changes | None = Changes()
        self.setAccessibleName(title)
        self.title = TitleLabel(title)
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
        context.changed.connect(self.take_in)
        context.changed_elsewhere.connect(self._take_in_anything)

    def set_title(self, title: str) -> None:
        """Name the page, also to screen readers."""
        self.title.setText(title)
        self.setAccessibleName(title)

    def called(self) -> str:
        """Return what the way back to it calls the page, as it is now."""
        return self.title.text()

    def enter(self, subject: int | None, memory: object) -> None:
        """Show the subject; `memory` is None on a first visit."""

    def memory(self) -> object:
        """Return what to give back to `enter` when the user returns; the page goes out of sight now."""
        return None

    def follow(self, changes: Changes | None) -> None:
        """Show what was written, while the page is in sight; None: another process wrote, anything may be different."""

    def catch_up(self) -> None:
        """Follow what was written while the page was out of sight, as one, if anything was."""
        behind, missed = self._behind, self._missed
        self._behind, self._missed = False, Changes()
        if behind:
            self.follow(missed)

    def take_in(self, changes: Changes | None) -> None:
        """Follow these changes now, or when the page catches up."""
        if self.isVisible():
            self.follow(changes)
        else:
            self._behind = True
            self._missed = None if changes is None or self._missed is None else self._missed | changes

    def while_seen(self, do: Callable[[], object]) -> Callable[..., None]:
        """Return what does something only while the page is in sight, whatever a signal carries."""
        return _WhileSeen(self, do).act

    def legacy(self) -> object:
        """Return what is under way on the page, for the one that takes its place in another language; None: nothing."""
        return None

    def inherit(self, legacy: object) -> None:
        """Go on with what was under way on the page before this one."""

    def escape(self) -> bool:
        """Do what Esc means inside the page (end a search, a drawing); return False where that is nothing."""
        return False

    def begin_search(self) -> None:
        """Begin a search (Ctrl+F), on a page that has one."""

    def begin_naming(self) -> None:
        """Ask who the next person without a name is, on a page that does."""

    def keys(self) -> Keys:
        """Return the page's own keys, as text, each with what it does."""
        return []

    def _take_in_anything(self) -> None:
        self.take_in(None)


class _WhileSeen(QObject):
    """A signal leaves off with its receiver when the page is gone; it would go on to call a mere function."""

    def __init__(self, page: Page, do: Callable[[], object]) -> None:
        super().__init__(page)
        self._page, self._do = page, do

    def act(self, *_carried: object) -> None:
        """Do it, if the page is in sight."""
        if self._page.isVisible():
            self._do()
