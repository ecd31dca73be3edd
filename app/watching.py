"""New photos are scanned by themselves, while the settings say so."""

import threading
from collections.abc import Generator, Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from app.folders import FolderState
from app.jobs import Job, Lane
from app.scanning import Scanning, ScanRequest


class Watching(QObject):
    """Watches the folders that are there, on a lane of its own, and has what changes scanned.

    What came while nobody watched, before the window was opened or while a disk was not connected, is scanned too.
    """

    def __init__(self, lane: Lane, scanning: Scanning, parent: QObject) -> None:
        super().__init__(parent)
        self._lane, self._scanning = lane, scanning
        self._on = False
        self._there: frozenset[Path] = frozenset()
        self._watched: frozenset[Path] = frozenset()
        self._stop = threading.Event()
        self._job: Job | None = None

    @property
    def watched(self) -> frozenset[Path]:
        """The folders that are watched now."""
        return self._watched

    def begin(self) -> None:
        """Watch from now on."""
        self._on = True
        self._follow()

    def end(self) -> None:
        """Watch no more."""
        self._on = False
        self._follow()

    def take(self, states: Sequence[FolderState]) -> None:
        """Note which folders are there now."""
        self._there = frozenset(state.summary.path for state in states if state.there)
        self._follow()

    def _follow(self) -> None:
        """Watch what should be watched, and look at what could not be seen until now."""
        wanted = self._there if self._on else frozenset()
        if wanted == self._watched:
            return
        unseen = wanted - self._watched
        self._stop.set()
        self._watched, self._stop, self._job = wanted, threading.Event(), None
        if wanted:
            job = self._lane.job(_steps(sorted(wanted), self._stop))
            job.progress.connect(self._scan)
            job.failed.connect(self._scanning.failed)
            self._job = job.start()
        if unseen:
            self._scan(sorted(unseen))

    def _scan(self, paths: Sequence[Path]) -> None:
        self._scanning.request_scan(ScanRequest(tuple(paths), asked=False))


def _steps(roots: Sequence[Path], stop: threading.Event) -> Generator[Sequence[Path], None, None]:
    # Imported here because the first window needs nothing of it.
    from engine.scan.watching import watch

    yield from watch(roots, stop)
