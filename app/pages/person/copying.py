"""Copies of a person's photos in a folder that the user chooses, or links there; nothing there is overwritten."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.names.known_names import KnownNames
from app.pages.person.copy_dialog import CopyDialog
from app.session.context import Context
from app.style import texts
from app.work.jobs import Steps
from engine.words import fill

if TYPE_CHECKING:
    from engine.workflows.exporting.copying import Copied


class CopyingPhotos(QObject):
    """Asks which and where to, then copies on the lane of jobs, seen in the job bar, where it can be broken off."""

    def __init__(self, context: Context, names: KnownNames, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._names, self._page = context, names, page

    def begin(self, person: int) -> None:
        """Ask which photos, and for the folder."""
        asked = CopyDialog(self._context, person, self._names, self._page)
        asked.chosen.connect(self._copy)
        asked.open()

    def _copy(self, photos: Sequence[Path], folder: Path, links: bool) -> None:  # noqa: FBT001 a signal's argument
        context = self._context
        job = context.jobs.job(_steps(photos, folder, as_links=links), self.tr("Copying photos"))
        job.failed.connect(context.fail)
        job.done.connect(self._tell)
        job.start()

    def _tell(self, copied: "Copied") -> None:
        said = self.tr("{number} of {photos} copied; {there} were there already.")
        self._context.told.emit(
            fill(
                said,
                number=texts.number(copied.copied),
                photos=texts.photos(copied.photos),
                there=texts.number(copied.there),
            )
        )
        if copied.problems:
            self._context.fail(copied.problems[0])


def _steps(photos: Sequence[Path], folder: Path, *, as_links: bool) -> Steps:
    from engine.workflows.exporting.copying import How, copy_photos

    return (yield from copy_photos(photos, folder, How.LINK if as_links else How.COPY))
