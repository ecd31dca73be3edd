"""Scans started from the window: one at a time, on the lane of jobs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from app.work.disks import is_folder, is_there
from app.work.jobs import Job, Lane, Steps
from engine.errors import KinfolkError, LibraryError, ModelError
from engine.library.states import PhotoState
from engine.progress import Progress
from engine.words import fill
from engine.workflows.scan.only_scan import ScanRunningError

if TYPE_CHECKING:  # it brings the libraries of clustering, which the first window does without
    from engine.workflows.scan.scan import ScanSummary

translate = QCoreApplication.translate

TRY_AGAIN_MS = 30_000
"""How long a scan that nobody asked for waits for one of another process."""


@dataclass(frozen=True, slots=True)
class ScanRequest:
    """What to scan: folders, or with no paths all that are known; photos in a state of `again` are read once more.

    `asked` tells a scan that the user asked for from one that the window began by itself.
    """

    paths: tuple[Path, ...] = ()
    again: tuple[PhotoState, ...] = ()
    asked: bool = True

    def __or__(self, other: "ScanRequest") -> "ScanRequest":
        """Return one request for both."""
        paths = tuple(dict.fromkeys((*self.paths, *other.paths))) if self.paths and other.paths else ()
        return ScanRequest(paths, tuple({*self.again, *other.again}), self.asked or other.asked)

    def __contains__(self, other: "ScanRequest") -> bool:
        """Say whether every folder that the other is about is scanned by this one, too."""
        return not self.paths or (bool(other.paths) and set(other.paths) <= set(self.paths))


@dataclass(frozen=True, slots=True)
class ScanOutcome:
    """What a scan came to; `faces` were found in the photos that it read."""

    request: ScanRequest
    summary: "ScanSummary"
    faces: int


class Scanning(QObject):
    """Adds folders and scans them; what is asked for while a scan runs is scanned after it."""

    began = Signal(object)
    """A `Job` is about to start."""
    finished = Signal(object)
    """The `ScanOutcome` of a scan that came to its end."""
    failed = Signal(object, object)
    """A `ScanRequest`, and the exception that ended its scan or said why there is none."""
    scan_changed = Signal()
    """A scan has begun or ended."""

    def __init__(self, lane: Lane, disks: Lane, steps_for: Callable[[ScanRequest], Steps], parent: QObject) -> None:
        super().__init__(parent)
        self._lane, self._disks, self._steps_for = lane, disks, steps_for
        self._waiting: ScanRequest | None = None
        self._without_model: ScanRequest | None = None
        self._faces, self._stopped = 0, False
        self._forgotten = 0
        self._later = QTimer(self, singleShot=True, interval=TRY_AGAIN_MS)
        self._later.timeout.connect(self._go_on)
        self.job: Job | None = None
        self.request: ScanRequest | None = None

    def scan(self, paths: Sequence[Path] = (), again: Sequence[PhotoState] = ()) -> None:
        """Scan folders because the user asks for it, adding those that are new; without paths every known folder."""
        self.try_scan(ScanRequest(tuple(paths), tuple(again)))

    def try_scan(self, request: ScanRequest) -> None:
        """Look whether the folders are there, beside the GUI thread, and scan them; else tell which is not."""
        request = replace(request, asked=True)
        if not request.paths:
            self.request_scan(request)
            return
        job = self._disks.call(partial(_hindrance, request.paths))
        job.done.connect(partial(self._scan_unless, request, self._forgotten))
        job.failed.connect(partial(self.failed.emit, request))
        job.start()

    def request_scan(self, request: ScanRequest) -> None:
        """Scan folders that are known to be there: now, or after the scan that is running."""
        if self._stopped:
            return
        self._waiting = request if self._waiting is None else self._waiting | request
        if self.job is None:
            self._go_on()

    def take_models(self) -> None:
        """Scan what could not be scanned for want of a model, now that other models are in use or a file is back."""
        request, self._without_model = self._without_model, None
        if request is not None:
            self.request_scan(request)

    def stop(self) -> None:
        """Begin nothing any more."""
        self._stopped = True
        self._forget_waiting()

    def give_up(self) -> None:
        """End the scan that is running, and begin none of those that wait."""
        self._forget_waiting()
        if self.job is not None:
            self.job.cancel()

    def _forget_waiting(self) -> None:
        self._later.stop()
        self._waiting = self._without_model = None
        self._forgotten += 1

    def _scan_unless(self, request: ScanRequest, forgotten: int, hindrance: KinfolkError | None) -> None:
        if forgotten != self._forgotten:
            return
        if hindrance is None:
            self.request_scan(request)
        else:
            self.failed.emit(request, hindrance)

    def _go_on(self) -> None:
        request, self._waiting = self._waiting, None
        if request is None or self.job is not None:
            return
        job = self._lane.job(self._steps_for(request), partial(self._title, request))
        job.progress.connect(self._note)
        job.done.connect(lambda summary: self.finished.emit(ScanOutcome(request, summary, self._faces)))
        job.failed.connect(self._fail)
        job.ended.connect(self._end)
        self.job, self.request, self._faces = job, request, 0
        self.began.emit(job)
        job.start()
        self.scan_changed.emit()

    def _title(self, request: ScanRequest) -> str:
        names = ", ".join(path.name or str(path) for path in request.paths) or self.tr("all folders")
        return fill(self.tr("Scanning {names}"), names=names)

    def _note(self, progress: Progress) -> None:
        self._faces = progress.figures.get("faces", self._faces)

    def _fail(self, error: object) -> None:
        if isinstance(error, ScanRunningError) and self.request is not None and not self.request.asked:
            self._waiting = self.request if self._waiting is None else self._waiting | self.request
            self._later.start()
        else:
            if isinstance(error, ModelError) and self.request is not None:
                before = self._without_model
                self._without_model = self.request if before is None else before | self.request
            self.failed.emit(self.request, error)

    def _end(self) -> None:
        self.job = self.request = None
        self.scan_changed.emit()
        if not self._later.isActive():
            self._go_on()


def _hindrance(paths: Sequence[Path]) -> KinfolkError | None:
    """Run in a thread: return why one of these cannot be scanned, None where all can."""
    stray = next((path for path in paths if not is_folder(path)), None)
    if stray is None:
        return None
    if is_there(stray):
        sentence = translate("Scanning", "{path} is not a folder.")
        hint = translate("Scanning", "Choose the folder that it is in.")
    else:
        sentence = translate("Scanning", "{path} is not there now.")
        hint = translate("Scanning", "Connect its disk, then try again. Nothing is forgotten meanwhile.")
    return LibraryError(fill(sentence, path=stray), hint)
