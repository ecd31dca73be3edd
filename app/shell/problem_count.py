"""How many problems there are, beside the page's name: all that the page lists, also before anybody goes there."""

from PySide6.QtCore import QObject, QTimer, Signal

from app.pages.problems.problem import doubtful_problems, missing_problems, not_shown_problems, people_problems
from app.session.context import Context
from app.session.folders import FolderState
from app.work.reading import Reading
from engine.library.library import Library

REST_MS = 1_000
"""How long after a change what is no matter of files is counted again."""

LONG_REST_MS = 5_000
"""How long after the last change it is looked again who looks like two people, where somebody did."""


class ProblemCount(QObject):
    """Counts what is read quickly; who looks like two people, the page finds when it is shown.

    From then on that is followed here, too, until nobody does any more.
    """

    counted = Signal(int)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._files = self._others = self._away = self._beyond = 0
        library = context.library
        # Not on the lane of what pages show: it takes seconds in a large library, and nobody waits for it.
        self._reading: Reading[int] = Reading(context.thinking, self, self._take_others, context.fail)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(lambda: self._reading.refresh(lambda: _others(library)))
        self._doubtful: Reading[int] = Reading(context.thinking, self, self._take_doubtful, context.fail)
        # Begun anew with each change: nobody is to wait for this while others are named.
        self._long_rest = QTimer(self, singleShot=True, interval=LONG_REST_MS)
        self._long_rest.timeout.connect(
            lambda: self._doubtful.refresh(lambda: len(doubtful_problems(library, context.embedder())))
        )
        context.folders.follow(self._take_folders)

    def take_files(self, count: int) -> None:
        """Take how many photos cannot be read as they should; the rest is counted soon."""
        self._files = count
        self._tell()
        self.look_soon()

    def look_soon(self) -> None:
        """Count what is no matter of files, soon."""
        if not self._rest.isActive():
            self._rest.start()
        if self._beyond:
            self._long_rest.start()

    def take_all(self, count: int, doubtful: int) -> None:
        """Take how many problems the page lists, and how many of them are people who look like two."""
        self._beyond = doubtful
        # The page may know more of the others than was counted here so far.
        self._others = max(0, count - doubtful - self._files - self._away)
        self._tell()

    def _take_others(self, count: int) -> None:
        self._others = count
        self._tell()

    def _take_doubtful(self, count: int) -> None:
        self._beyond = count
        self._tell()

    def _take_folders(self, states: list[FolderState]) -> None:
        self._away = sum(not state.there for state in states)
        self._tell()

    def _tell(self) -> None:
        self.counted.emit(self._files + self._others + self._away + self._beyond)


def _others(library: Library) -> int:
    return len(missing_problems(library)) + len(not_shown_problems(library)) + len(people_problems(library))
