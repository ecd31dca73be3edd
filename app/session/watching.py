"""New photos are scanned by themselves, while the settings say so."""

import threading
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, QTimer, Signal

from app.session.folders import FolderState
from app.session.scanning import Scanning, ScanRequest
from app.work.jobs import Job, Lane
from engine.errors import KinfolkError

TRY_AGAIN_MS = 12_000
"""How long to wait after watching has ended by itself; until then it is known whether a disk has gone."""

REST_MS = 2_000
"""How long after it was seen a folder is scanned that nobody watched until then; first the window shows itself."""

BY_LOOKING = "watching/by_looking"
"""Where the window remembers that the user chose to have all files looked at now and then."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What is watched: the folders, and whether by looking at all of their files now and then."""

    roots: frozenset[Path] = frozenset()
    by_looking: bool = False


class Watching(QObject):
    """Watches the folders that are there, on a lane of its own, and has what changes scanned.

    What came while nobody watched, before the window was opened or while a disk was not connected, is scanned too.
    """

    failed = Signal(object)
    """A KinfolkError: the folders are not watched now. It is told when it happens a second time."""
    limited = Signal(object)
    """A KinfolkError: the system watches no more folders; `poll_instead` is the way out."""

    def __init__(self, lane: Lane, scanning: Scanning, remembered: QSettings, ignore: Path, parent: QObject) -> None:
        """Take no notice of changes below `ignore`, the data folder."""
        super().__init__(parent)
        self._lane, self._scanning, self._remembered, self._ignore = lane, scanning, remembered, ignore
        self._on = False
        self._there: frozenset[Path] = frozenset()
        self.watched = Watched()
        self._stop = threading.Event()
        self._job: Job | None = None
        self._refused = ""
        self._unseen: frozenset[Path] = frozenset()
        self._again = QTimer(self, singleShot=True, interval=TRY_AGAIN_MS)
        self._again.timeout.connect(self._follow)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._scan_unseen)

    def begin(self) -> None:
        """Watch from now on."""
        self._on = True
        self._follow()

    def end(self) -> None:
        """Watch no more."""
        self._on = False
        self._follow()
        for timer in (self._again, self._rest):
            timer.stop()

    def take(self, states: Sequence[FolderState]) -> None:
        """Note which folders are there now."""
        self._there = frozenset(state.summary.path for state in states if state.there)
        self._follow()

    def poll_instead(self) -> None:
        """Look at every file now and then from now on, which works without the system's help."""
        self._remembered.setValue(BY_LOOKING, "yes")
        self._follow()

    def _follow(self) -> None:
        """Watch what should be watched, and have scanned what could not be seen until now."""
        by_looking = self._remembered.value(BY_LOOKING) == "yes"
        wanted = Watched(self._there, by_looking) if self._on and self._there else Watched()
        if wanted == self.watched:
            return
        self._again.stop()
        self._stop.set()
        self._unseen = (self._unseen | (wanted.roots - self.watched.roots)) & wanted.roots
        self.watched, self._stop, self._job = wanted, threading.Event(), None
        if wanted.roots:
            job = self._lane.job(_steps(wanted, self._ignore, self._stop))
            job.progress.connect(self._scan)
            job.failed.connect(self._fail)
            self._job = job.start()
        if self._unseen:
            self._rest.start()
        else:
            self._rest.stop()

    def _fail(self, error: object) -> None:
        """Try again later, unless that has failed in the same way before: a disk that has gone is seen meanwhile."""
        from engine.scan.watching import WatchLimitError

        self.watched, self._job = Watched(), None
        if isinstance(error, WatchLimitError):
            self.limited.emit(error)
        elif not isinstance(error, KinfolkError) or str(error) == self._refused:
            self.failed.emit(error)
        else:
            self._refused = str(error)
            self._again.start()

    def _scan_unseen(self) -> None:
        unseen, self._unseen = self._unseen, frozenset()
        self._scan(sorted(unseen))

    def _scan(self, paths: Sequence[Path]) -> None:
        self._scanning.request_scan(ScanRequest(tuple(paths), asked=False))


def _steps(watched: Watched, ignore: Path, stop: threading.Event) -> Generator[Sequence[Path], None, None]:
    # Imported here because the first window needs nothing of it.
    from engine.scan.watching import watch, watch_by_looking

    begin = watch_by_looking if watched.by_looking else watch
    yield from begin(sorted(watched.roots), stop, ignore=(ignore,))
