"""Forgetting a person for good: one clear question, then the work, seen in the job bar, and what came of it."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.session.context import Context
from app.style import texts
from app.widgets.goodbye import Goodbye
from app.work.jobs import Steps
from engine.library.queries import PersonRow
from engine.words import fill
from engine.workflows.erasing import Forgotten, forget_person


class Forgetting(QObject):
    """Erases all that is known of one person, on the lane of jobs, so that no scan runs meanwhile."""

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page

    def begin(self, row: PersonRow) -> None:
        """Say what would go, and ask."""
        sentences = [
            fill(
                self.tr("This erases {faces} with the name, every answer about them and all small pictures."),
                faces=texts.faces(row.faces),
            ),
            self.tr("Every backup and the history go with them, since they hold the same. This cannot be undone."),
            self.tr("The photos are not touched. One that changes is read again, and its faces are found anew."),
            self.tr("Where Kinfolk wrote the name into files, it stays until names are written again."),
        ]
        question = fill(self.tr("Forget {name} for good?"), name=texts.called_within(row.name))
        asked = Goodbye(question, sentences, self.tr("Forget"), self._page)
        asked.accepted.connect(lambda: self._forget(row.person))
        asked.open()

    def _forget(self, person: int) -> None:
        context = self._context
        # What was said before is written before, so that it is erased, too.
        steps = _forgetting(context, person, context.edits.caught_up())
        job = context.jobs.job(steps, self.tr("Forgetting a person")).promise()
        job.failed.connect(context.fail)
        job.done.connect(self._tell)
        job.ended.connect(context.operations.read_steps)
        context.scanning.give_up()
        job.start()

    def _tell(self, gone: Forgotten) -> None:
        said = fill(
            self.tr("{faces} erased, with the name and every answer."), faces=texts.faces(len(gone.changes.faces))
        )
        if gone.models:
            learnt = self.tr("Models that were trained here may have learnt from them: {models}.")
            said = f"{said} {fill(learnt, models=', '.join(gone.models))}"
        self._context.told.emit(said)
        self._context.navigator.go("people")


def _forgetting(context: Context, person: int, until_written: Callable[[], object]) -> Steps:
    until_written()
    return (yield from forget_person(context.library, context.places, context.thumbs, person))
