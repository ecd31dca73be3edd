"""Erasing all face data: one clear question, then the work, which is seen in the job bar, and what came of it."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.session.context import Context
from app.style import texts
from app.widgets.goodbye import Goodbye
from app.work.jobs import Steps
from engine.library.changes import Changes
from engine.library.removal import Holdings, folder_holdings
from engine.settings import Settings
from engine.words import fill
from engine.workflows.erasing import erase_face_data


class Erasing(QObject):
    """Erases on the lane of jobs, so that no scan runs meanwhile; nor does one begin by itself afterwards."""

    def __init__(self, context: Context, page: QWidget, take: Callable[[Settings], None]) -> None:
        """`take` keeps settings that were changed."""
        super().__init__(page)
        self._context, self._page, self._take = context, page, take
        self._holdings = context.loader(self, self._ask)

    def begin(self) -> None:
        """Count what would go, and ask."""
        self._holdings.load(lambda: folder_holdings(self._context.library))

    def _ask(self, held: Holdings) -> None:
        sentences = [
            fill(
                self.tr(
                    "This erases {faces}, {confirmed} of them confirmed by you, with every name, answer and the "
                    "history."
                ),
                faces=texts.faces(held.faces),
                confirmed=texts.number(held.confirmed),
            ),
            self.tr("This cannot be undone. Your photos are not touched, and folders stay listed."),
            self.tr("Names that Kinfolk wrote into files stay there until names are written again."),
        ]
        if self._context.settings.watch:
            sentences.append(self.tr("New photos are no longer scanned by themselves, as a scan finds faces anew."))
        asked = Goodbye(self.tr("Erase all face data?"), sentences, self.tr("Erase everything"), self._page)
        asked.accepted.connect(self._erase)
        asked.open()

    def _erase(self) -> None:
        context = self._context
        context.scanning.give_up()
        if context.settings.watch:
            self._take(replace(context.settings, watch=False))
        # What was said before is written before, so that it is erased, too.
        steps = _erasing(context, context.edits.caught_up())
        job = context.jobs.job(steps, self.tr("Erasing all face data")).promise()
        job.failed.connect(context.fail)
        job.done.connect(self._tell)
        job.ended.connect(context.operations.read_steps)
        job.start()

    def _tell(self, gone: Changes) -> None:
        said = self.tr("{faces} erased, with every name and answer. The next scan finds faces anew.")
        self._context.told.emit(fill(said, faces=texts.faces(len(gone.faces))))
        self._context.navigator.go("people")


def _erasing(context: Context, until_written: Callable[[], object]) -> Steps:
    until_written()
    return (yield from erase_face_data(context.library, context.places, context.thumbs))
