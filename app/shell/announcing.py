"""What happens, told in the message bar: edits with their undo, what undo did, errors, and what scans came to."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.session.context import Context
from app.session.scanning import ScanOutcome, ScanRequest
from app.shell.message_bar import MessageBar
from app.shell.scan_sentences import has_problems, said_of
from app.shell.ways_back import WaysBack
from app.style.step_lines import told_step
from engine.errors import KinfolkError
from engine.library.damage import LibraryDamagedError
from engine.library.history import Replay, Step
from engine.library.step_details import StepDetails, StepLine, step_details
from engine.words import fill


class Announcing(QObject):
    """Joins the context's signals with the message bar."""

    def __init__(self, context: Context, messages: MessageBar, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._messages, self._ways = context, messages, WaysBack(context, parent)
        self._step = context.loader(self, self._tell_step)
        self._hindered: tuple[ScanRequest, KinfolkError] | None = None
        context.damaged.connect(self._tell_damage)
        context.failed.connect(messages.complain)
        context.told.connect(messages.tell)
        context.operations.said.connect(messages.say)
        context.operations.replayed.connect(self._tell_replay)
        context.operations.unwritten.connect(self._offer_again)
        context.scanning.finished.connect(self._tell_scan)
        context.scanning.failed.connect(self._tell_failed_scan)
        context.watching.limited.connect(self._offer_looking)
        messages.undo.connect(context.operations.undo)

    def _tell_replay(self, replay: Replay) -> None:
        if not replay.steps:
            self._messages.tell(self.tr("There is nothing to undo or to redo."))
            return
        step, library = replay.steps[-1], self._context.library
        if len(replay.steps) > 1:
            sentence = self.tr("{count} steps undone.") if step.undone else self.tr("{count} steps redone.")
            self._messages.tell(fill(sentence, count=len(replay.steps)))
        else:
            self._step.load(lambda: (step, step_details(library, step.id)))

    def _tell_step(self, found: tuple[Step, StepDetails | None]) -> None:
        """Say whom the step was about that was taken back, or done again."""
        step, details = found
        line = StepLine() if details is None else StepLine(details.names, details.faces)
        sentence = self.tr("“{label}” was undone.") if step.undone else self.tr("“{label}” was redone.")
        self._messages.tell(fill(sentence, label=told_step(step.label, line)))

    def _tell_scan(self, outcome: ScanOutcome) -> None:
        """Say what a scan came to; what hindered the one before is no longer so."""
        said = said_of(outcome)
        if self._hindered is not None and self._hindered[0] in outcome.request:
            self._messages.withdraw(self._hindered[1])
            self._hindered = None
        if said and has_problems(outcome):
            show = self.tr("Show problems"), lambda: self._context.navigator.go("problems")
            self._messages.tell(said, show)
        elif said:
            self._messages.tell(said)

    def _tell_failed_scan(self, request: ScanRequest, error: object) -> None:
        if isinstance(error, KinfolkError) and not isinstance(error, LibraryDamagedError):
            again = self.tr("Try again"), partial(self._context.scanning.try_scan, request)
            self._hindered = request, error
            self._messages.complain(error, again)
        else:
            self._context.fail(error)

    def _tell_damage(self, error: LibraryDamagedError) -> None:
        """Offer the ways back at once, and then as long as the message stands."""
        offer = partial(self._ways.offer, error)
        self._messages.complain(error, (self.tr("What can be done…"), offer))
        if not self._ways.offered:
            offer()

    def _offer_again(self, error: KinfolkError) -> None:
        operations = self._context.operations
        self._messages.complain(error, (self.tr("Try again"), operations.try_again), operations.forget_unwritten)

    def _offer_looking(self, error: KinfolkError) -> None:
        self._messages.complain(error, (self.tr("Look now and then"), self._context.watching.poll_instead))
