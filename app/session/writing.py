"""Edits of the library, off the GUI thread and in turn: told when they are written, kept when they could not be."""

from collections.abc import Callable
from functools import partial
from threading import Event
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from app.work.jobs import Lane
from engine.errors import MayPassError
from engine.library import history
from engine.library.history import NextSteps, Replay
from engine.library.library import Library

Result = TypeVar("Result")
Said = str | Callable[[Result], str]
"""What has happened in a sentence, or what makes it of an edit's result."""


class Writing(QObject):
    """Runs edits and takes them back; what could not be written is kept until it is tried again or given up."""

    said = Signal(str)
    """What has just happened, in a sentence; it can be undone."""
    replayed = Signal(object)
    """A `Replay`: steps were undone or redone."""
    steps_changed = Signal(object)
    """`NextSteps`: what undo and redo would do now."""
    edited = Signal()
    """The library says something else now: an edit, an undo or a redo was written."""
    unwritten = Signal(object)
    """Why an edit was not written, a `MayPassError`: it is kept until `try_again` or `forget_unwritten`."""

    def __init__(self, library: Library, lane: Lane, failed: Callable[[object], None], parent: QObject) -> None:
        super().__init__(parent)
        self._library, self._lane, self._failed = library, lane, failed
        self.steps = NextSteps(None, None)
        self._kept: list[Callable[[], None]] = []
        self._hindrance: MayPassError | None = None

    def edit(
        self,
        change: Callable[[], Result],
        said: Said[Result],
        then: Callable[[Result], None] | None = None,
        ended: Callable[[], None] | None = None,
    ) -> None:
        """Run an edit of the library that can be undone; `ended` is called where it failed, too.

        What is `said` may depend on the result; "" says nothing.
        """

        def report(result: Result) -> None:
            self.edited.emit()
            sentence = said if isinstance(said, str) else said(result)
            if sentence:
                self.said.emit(sentence)
            if then is not None:
                then(result)

        self._run(change, report, ended)

    def tell_written(self, said: str) -> None:
        """Tell of an edit that a job of another lane wrote; it is undone like any other."""
        self.edited.emit()
        self.said.emit(said)
        self.read_steps()

    def undo(self) -> None:
        """Take back the last edit."""
        self._replay(lambda: history.undo(self._library))

    def redo(self) -> None:
        """Do the edit again that was undone last."""
        self._replay(lambda: history.redo(self._library))

    def go_to(self, step: int) -> None:
        """Undo or redo until this step of the history is the last one done; 0 is before the first.

        Who is there already hears nothing: a double click goes to a step twice.
        """
        self._replay(lambda: history.go_to(self._library, step), told=lambda replay: bool(replay.steps))

    def try_again(self) -> None:
        """Write the edits that are kept, in their order; what fails again is kept again."""
        kept, self._kept = self._kept, []
        for again in kept:
            again()

    def forget_unwritten(self) -> None:
        """Keep none of the edits that could not be written: the user does not want them."""
        self._kept.clear()

    def read_steps(self) -> None:
        """Find out what undo and redo would do; another process may have changed that."""
        job = self._lane.call(lambda: (None, history.next_steps(self._library)))
        job.done.connect(partial(self._finish, _nothing))
        job.failed.connect(self._failed)
        job.promise().start()

    def _replay(self, replay: Callable[[], Replay], told: Callable[[Replay], bool] = lambda _replay: True) -> None:
        def report(done: Replay) -> None:
            if done.steps:
                self.edited.emit()
            if told(done):
                self.replayed.emit(done)

        self._run(replay, report)

    def _run(
        self, change: Callable[[], Result], report: Callable[[Result], None], ended: Callable[[], None] | None = None
    ) -> None:
        """Run on the lane, report on the GUI thread, and tell what the next steps are then.

        What could not be written is kept, for nobody should have to say it twice.
        """
        written = Event()

        def write() -> tuple[Result, NextSteps]:
            result = change()
            written.set()
            return result, history.next_steps(self._library)

        def keep(error: object) -> None:
            if isinstance(error, MayPassError) and not written.is_set():
                self._kept.append(lambda: self._run(change, report, ended))
                self._hindrance = error
                self.unwritten.emit(error)
            else:
                self._failed(error)

        job = self._lane.call(write)
        job.done.connect(partial(self._finish_edit, report))
        job.failed.connect(keep)
        if ended is not None:
            job.ended.connect(ended)
        job.promise().start()

    def _finish_edit(self, report: Callable[[Result], None], outcome: tuple[Result, NextSteps]) -> None:
        self._finish(report, outcome)
        if self._kept:  # what was said of this edit has taken the place of the offer
            self.unwritten.emit(self._hindrance)

    def _finish(self, report: Callable[[Result], None], outcome: tuple[Result, NextSteps]) -> None:
        result, steps = outcome
        before, self.steps = self.steps, steps
        if steps != before:
            self.steps_changed.emit(steps)
        report(result)


def _nothing(_: object) -> None:
    """Report nothing."""
