"""The ways back where damage is found while the window is open, as at a start."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox, QWidget

from app.session.context import Context
from app.shell.rescue import Doing, Way, rescue_box, ways_back
from engine.library.damage import LibraryDamagedError


class WaysBack(QObject):
    """Asks before the window what to do; the window goes on meanwhile, and closes for what is chosen."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context, self._window = context, window
        self.offered = False
        """Whether the user was asked already."""
        self._box: QMessageBox | None = None
        self._error: LibraryDamagedError | None = None
        self._read = context.loader(self, self._ask)

    def offer(self, error: LibraryDamagedError) -> None:
        """Ask what to do, unless that is being asked."""
        self.offered = True
        if self._box is None:
            self._error = error
            self._read.load(partial(ways_back, self._context.places))

    def _ask(self, ways: list[tuple[str, Way]]) -> None:
        if self._error is None:
            return
        self._box, doing = rescue_box(self._error, ways, self._window)
        self._error = None
        self._box.finished.connect(partial(self._take, self._box, doing))
        self._box.open()

    def _take(self, box: QMessageBox, doing: Doing, _result: int) -> None:
        self._box = None
        box.deleteLater()
        if (way := doing.get(box.clickedButton())) is not None:
            self._context.way_back_wanted.emit(way)
