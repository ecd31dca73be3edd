"""Reads that are repeated while somebody looks: a library that changes all the time cannot keep them from arriving."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject

from app.work.jobs import Lane
from app.work.loading import Loader

Answer = TypeVar("Answer")


class Reading(QObject, Generic[Answer]):
    """`begin` makes earlier reads void; `refresh` waits for the one that is under way and reads once more after it.

    However often `refresh` is called during a read, one more follows it, the one that was asked for last. A read that
    fails ends both. `shown` is called when the next read has begun, so that `busy` tells whether news is still to come.
    """

    def __init__(
        self,
        lane: Lane,
        parent: QObject,
        shown: Callable[[Answer], None],
        failed: Callable[[object], None],
    ) -> None:
        super().__init__(parent)
        self._shown, self._failed = shown, failed
        self._again: Callable[[], Answer] | None = None
        self._loader: Loader[Answer] = Loader(lane, self, self._take, self._give_up)

    @property
    def busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._loader.busy

    def begin(self, read: Callable[[], Answer]) -> None:
        """Read something else, or the same from the start."""
        self._again = None
        self._loader.load(read)

    def refresh(self, read: Callable[[], Answer]) -> None:
        """Read what is shown once more."""
        if self._loader.busy:
            self._again = read
        else:
            self._loader.load(read)

    def forget(self) -> None:
        """Make any read under way void."""
        self._again = None
        self._loader.forget()

    def _take(self, answer: Answer) -> None:
        again, self._again = self._again, None
        if again is not None:
            self._loader.load(again)
        self._shown(answer)

    def _give_up(self, error: object) -> None:
        self._again = None
        self._failed(error)
