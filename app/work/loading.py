"""Reads for a page: off the GUI thread, and only the latest answer counts."""

from collections.abc import Callable
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import QObject

from app.work.jobs import Job, Lane, Steps
from app.work.while_there import while_there

Answer = TypeVar("Answer")


class Loader(QObject, Generic[Answer]):
    """Runs one read at a time for its owner; asking again makes earlier answers void.

    `loaded` is called on the GUI thread with what the function returned, `failed` with its exception; neither is when
    the loader is gone, with its owner.
    """

    def __init__(
        self, lane: Lane, parent: QObject, loaded: Callable[[Answer], None], failed: Callable[[object], None]
    ) -> None:
        super().__init__(parent)
        self._lane, self._loaded, self._failed = lane, loaded, failed
        self._number = 0
        self._job: Job | None = None

    def load(self, read: Callable[[], Answer]) -> None:
        """Run `read` on the lane and report its result, unless another `load` comes in between."""
        self._begin(self._lane.call(read))

    def follow(self, steps: Steps) -> None:
        """Do the same for what is longer and can be broken off at each of its steps."""
        self._begin(self._lane.job(steps))

    def _begin(self, job: Job) -> None:
        self.forget()
        job.done.connect(while_there(self, partial(self._take, self._number)))
        job.failed.connect(while_there(self, partial(self._give_up, self._number)))
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

    def _take(self, number: int, answer: Answer) -> None:
        if number == self._number:
            self._job = None
            self._loaded(answer)

    def _give_up(self, number: int, error: object) -> None:
        if number == self._number:
            self._job = None
            self._failed(error)
