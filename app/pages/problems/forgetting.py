"""Asks before what is known of deleted photos is forgotten, and forgets it."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.pages.problems.problem import Problem
from app.session.context import Context
from app.style import texts
from app.widgets.goodbye import Goodbye
from engine.library.missing import MissingHoldings, missing_holdings
from engine.words import fill
from engine.workflows.erasing import remove_missing


class Forgetting(QObject):
    """Counts what would go, asks once, and tells what went; `owner` is the page."""

    def __init__(self, context: Context, owner: QWidget) -> None:
        super().__init__(owner)
        self._context, self._owner = context, owner
        self._counted = context.loader(self, self._ask)

    def ask(self, problem: Problem) -> None:
        """Ask whether the photos that are gone from a folder were deleted."""
        library, folder = self._context.library, problem.ids[0]
        self._counted.load(lambda: (folder, missing_holdings(library, folder)))

    def _ask(self, found: tuple[int, MissingHoldings]) -> None:
        folder, held = found
        sentences = [
            fill(
                self.tr("{photos} and {faces} are forgotten, and {people} who are in no other photo."),
                photos=texts.photos(held.photos),
                faces=texts.faces(held.faces),
                people=texts.people(held.people),
            ),
            self.tr("This cannot be undone. Photos that are only elsewhere now would be new when they come back."),
        ]
        asked = Goodbye(
            self.tr("Forget the photos that are gone from this folder?"),
            sentences,
            self.tr("Forget them"),
            self._owner.window(),
        )
        asked.accepted.connect(lambda: self._forget(folder, held))
        asked.open()

    def _forget(self, folder: int, held: MissingHoldings) -> None:
        context = self._context
        said = fill(
            self.tr("{photos} with {faces} forgotten."), photos=texts.photos(held.photos), faces=texts.faces(held.faces)
        )
        job = context.edits.call(lambda: remove_missing(context.library, context.thumbs, folder))
        job.failed.connect(context.fail)
        job.done.connect(lambda _: context.folders.read())
        job.done.connect(lambda _: context.told.emit(said))
        job.promise().start()
