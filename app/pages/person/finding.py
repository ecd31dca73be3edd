"""Looking for more of a person: candidates come from another thread, and answers are edits like any other."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.pages.person.candidates import Found, read_candidates
from app.pages.person.find_panel import FindPanel
from app.session.context import Context
from app.work.reading import Reading


class PersonFinding(QObject):
    """Opens the panel of candidates, and writes what is said there."""

    opened = Signal(QWidget)
    closed = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._person = context, -1
        self.panel, self.is_open = FindPanel(context), False
        self._reading: Reading[Found] = Reading(context.thinking, self, self.panel.show_found, self._give_up)
        self.panel.said_yes.connect(lambda faces: context.operations.confirm(self._person, faces))
        self.panel.said_no.connect(lambda faces: context.operations.reject(self._person, faces))
        self.panel.closed.connect(self.close)

    def begin(self, person: int, name: str) -> None:
        """Look for candidates for somebody who has a name."""
        self._person, self.is_open = person, True
        self.panel.open(name)
        self.opened.emit(self.panel)
        self._reading.begin(self._reader())

    def follow(self) -> None:
        """Look again: what was said, or taken back, may tell more of the others."""
        if self.is_open:
            self._reading.refresh(self._reader())

    def escape(self) -> bool:
        """Go back by one step: from a face that is shown large, then from the panel."""
        if not self.is_open:
            return False
        if not self.panel.escape():
            self.close()
        return True

    def close(self) -> None:
        """Go back to the faces."""
        self._reading.forget()
        if self.is_open:
            self.is_open = False
            self.closed.emit()

    def _reader(self) -> Callable[[], Found]:
        library, embedder, person = self._context.library, self._context.embedder, self._person
        return lambda: read_candidates(library, embedder, person)

    def _give_up(self, error: object) -> None:
        self.close()
        self._context.fail(error)
