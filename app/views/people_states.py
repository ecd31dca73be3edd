"""What stands in the place of the grid of people while it has nobody to show."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.widgets.empty_state import EmptyState
from engine.errors import KinfolkError


class PeopleStates(QStackedWidget):
    """Shows the grid, or why there is nobody in it and the one next step."""

    folder_wanted = Signal()
    scan_wanted = Signal()
    clear_wanted = Signal()
    retry_wanted = Signal()

    def __init__(self, grid: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = grid
        self.nobody = EmptyState("", "")
        self.not_found = EmptyState("", self.tr("Only people with a name are found."), self.tr("Show everybody"))
        self.broken = EmptyState(self.tr("The people could not be read"), "", self.tr("Try again"))
        for widget in (grid, self.nobody, self.not_found, self.broken):
            self.addWidget(widget)
        self._step = self.folder_wanted
        self.nobody.step.connect(self._go)
        self.not_found.step.connect(self.clear_wanted)
        self.broken.step.connect(self.retry_wanted)

    def show_grid(self) -> None:
        """Show the people."""
        self.setCurrentWidget(self.grid)

    def show_no_folder(self) -> None:
        """Say how people come, and offer the first step."""
        self._show_nobody(self.tr("People appear here while your folders are scanned."), self.tr("Add a folder…"))
        self._step = self.folder_wanted

    def show_unscanned(self) -> None:
        """Say that there is nobody in the folders as far as they are known, and offer to look."""
        self._show_nobody(self.tr("A scan finds the people in your folders."), self.tr("Scan your folders"))
        self._step = self.scan_wanted

    def show_scanning(self) -> None:
        """Say that people are on their way."""
        self._show_nobody(self.tr("Your folders are being scanned. People appear here as they are found."), "")

    def _show_nobody(self, sentence: str, step: str) -> None:
        self.nobody.say(self.tr("Nobody yet"), sentence)
        self.nobody.offer(step)
        self.setCurrentWidget(self.nobody)

    def show_not_found(self, typed: str) -> None:
        """Say that nobody is called so."""
        self.not_found.say(self.tr("Nobody is called “{typed}”").format(typed=typed), self.not_found.sentence.text())
        self.setCurrentWidget(self.not_found)

    def show_error(self, error: object) -> None:
        """Say that the people could not be read, and what to do."""
        hint = str(error) if isinstance(error, KinfolkError) else ""
        self.broken.say(self.tr("The people could not be read"), hint)
        self.setCurrentWidget(self.broken)

    def _go(self) -> None:
        self._step.emit()
