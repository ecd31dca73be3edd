"""The folders as they are now, in the library and on the disk."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from app.work.disks import is_folder
from app.work.jobs import Lane
from app.work.reading import Reading
from engine.library.library import Library
from engine.library.queries import FolderSummary, folder_rows

LOOK_MS = 10_000
"""How often to look whether a disk has come or gone."""


@dataclass(frozen=True, slots=True)
class FolderState:
    """A folder; `there` says whether its disk is connected."""

    summary: FolderSummary
    there: bool


class Folders(QObject):
    """Looks on a lane of its own: a disk that does not answer holds up nothing else."""

    changed = Signal(object)
    """The list of `FolderState`, whenever it differs from the one before."""

    def __init__(self, library: Library, lane: Lane, failed: Callable[[object], None], parent: QObject) -> None:
        super().__init__(parent)
        self._library = library
        self.states: list[FolderState] | None = None
        self._reading: Reading[list[FolderState]] = Reading(lane, self, self._take, failed)
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    @property
    def photos(self) -> int:
        """How many photos the folders have, as far as a scan has found them."""
        return sum(state.summary.photos for state in self.states or ())

    @property
    def unread(self) -> int:
        """How many of them a scan has to read yet."""
        return sum(state.summary.unread for state in self.states or ())

    def begin(self) -> None:
        """Look now and from time to time."""
        self.read()
        self._timer.start()

    def follow(self, take: Callable[[list[FolderState]], None]) -> None:
        """Tell somebody how the folders are, now where that is known, and whenever it differs."""
        self.changed.connect(take)
        if self.states is not None:
            take(self.states)

    def read(self) -> None:
        """Find out how the folders are, and once more where that is asked while a disk is slow to answer."""
        self._reading.refresh(lambda: [FolderState(row, is_folder(row.path)) for row in folder_rows(self._library)])

    def look(self) -> None:
        """Look at the disks again: what the library knows of the folders has not changed without a word."""
        known = self.states
        if known is not None and not self._reading.busy:
            self._reading.refresh(lambda: [FolderState(one.summary, is_folder(one.summary.path)) for one in known])

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()
        self._reading.forget()

    def _take(self, states: list[FolderState]) -> None:
        if states != self.states:
            self.states = states
            self.changed.emit(states)
