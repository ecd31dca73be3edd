"""Scans started from the window: one at a time, on the lane of jobs."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.jobs import Job, Lane, Steps
from engine.errors import LibraryError

StepsFor = Callable[[Sequence[Path]], Steps]


class Scanning(QObject):
    """Adds folders and scans them; what is asked for while a scan runs is scanned after it."""

    began = Signal(object)
    """A `Job` has been started."""
    finished = Signal(object)
    """The `ScanSummary` of a scan that came to its end."""
    failed = Signal(object)
    """The exception that ended a scan, or said that there is nothing to scan."""

    def __init__(self, lane: Lane, steps_for: StepsFor, parent: QObject) -> None:
        super().__init__(parent)
        self._lane, self._steps_for = lane, steps_for
        self._waiting: list[Path] | None = None
        self.job: Job | None = None

    def scan(self, paths: Sequence[Path] = ()) -> None:
        """Scan folders, adding those that are new; without paths every known folder that is there."""
        strays = [path for path in paths if not path.is_dir()]
        if strays:
            self.failed.emit(LibraryError(f"{strays[0]} is not a folder.", "Choose the folder that it is in."))
        elif self.job is not None:
            self._waiting = [*(self._waiting or []), *paths]
        else:
            self._begin(list(paths))

    def _begin(self, paths: list[Path]) -> None:
        names = ", ".join(path.name or str(path) for path in paths) or self.tr("all folders")
        job = self._lane.job(self._steps_for(paths), self.tr("Scanning {names}").format(names=names))
        job.done.connect(self.finished)
        job.failed.connect(self.failed)
        job.ended.connect(self._end)
        self.job = job
        self.began.emit(job)
        job.start()

    def _end(self) -> None:
        self.job = None
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self._begin(waiting)
