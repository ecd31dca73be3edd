"""Reads for a page: off the GUI thread, and only the latest answer counts."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.jobs import Job, Lane


class Loader(QObject):
    """Runs one read at a time for its owner; asking again makes earlier answers void.

    `loaded` carries what the function returned, `failed` its exception.
    """

    loaded = Signal(object)
    failed = Signal(object)

    def __init__(self, lane: Lane, parent: QObject) -> None:
        super().__init__(parent)
        self._lane = lane
        self._number = 0
        self._job: Job | None = None

    def load(self, read: Callable[[], object]) -> None:
        """Run `read` on the lane and report its result, unless another `load` comes in between."""
        self.forget()
        job = self._lane.call(read)
        job.done.connect(partial(self._report, self.loaded, self._number))
        job.failed.connect(partial(self._report, self.failed, self._number))
        self._job = job.start()

    def forget(self) -> None:
        """Make any read under way void."""
        self._number += 1
        if self._job is not None:
            self._job.cancel()
            self._job = None

    @property
    def busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._job is not None

    def _report(self, signal: Signal, number: int, value: object) -> None:
        if number == self._number:
            self._job = None
            signal.emit(value)
