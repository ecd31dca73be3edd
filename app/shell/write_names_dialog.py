"""Before names are written beside the photos: what that does, and what else is written."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from app.session.context import Context
from app.style import texts
from app.style.theme import Space, TextSize, set_hint_colour, set_text_size
from app.widgets.label import Label
from app.work.jobs import Steps
from engine.errors import KinfolkError
from engine.library.library import Library
from engine.words import fill

if TYPE_CHECKING:  # it brings the readers of metadata, which the first window does without
    from engine.metadata.writing.names import Wanted
    from engine.workflows.exporting.naming import Exported

WIDTH = 560


@dataclass(frozen=True, slots=True)
class Words:
    """What a dialog says: its headline, what would be done, its button, and what the job is called."""

    headline: str
    hint: str
    button: str
    doing: str


class WriteNamesDialog(QDialog):
    """Nothing is written before its button is pressed, and no photo is touched then either."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._words = self.words()
        self.setWindowTitle(self._words.headline)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.microsoft = QCheckBox(self.tr("Also as Windows' photo gallery writes them"))
        self.keywords = QCheckBox(self.tr("Also as keywords, alone and below “People”"))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setIcon(QIcon())  # the other has none
        self.write = self.buttons.addButton(self._words.button, QDialogButtonBox.ButtonRole.AcceptRole)
        self.write.setDefault(True)
        self.buttons.accepted.connect(self.go_on)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()

    def words(self) -> Words:
        """Return what it says."""
        return Words(
            self.tr("Write names beside the photos"),
            self.tr(
                "The names that you gave or confirmed go into a small file beside each photo (.xmp), where Lightroom, "
                "digiKam and others find them. What stands in such a file already stays. Your photos are not touched."
            ),
            self.tr("&Write names"),
            self.tr("Writing names"),
        )

    def export(self, library: Library, wanted: "Wanted") -> Steps:
        """Write the names; called in the lane of jobs."""
        from engine.workflows.exporting.naming import Selection
        from engine.workflows.exporting.sidecars import export_sidecars

        return (yield from export_sidecars(library, Selection(), wanted))

    def _lay_out(self) -> None:
        headline = Label(self._words.headline)
        set_text_size(headline, TextSize.TITLE)
        self.hint = Label(self._words.hint)
        self.hint.setWordWrap(True)
        set_hint_colour(self.hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.LARGE)
        column.setSpacing(Space.MEDIUM)
        for widget in (headline, self.hint, self.microsoft, self.keywords, self.buttons):
            column.addWidget(widget)
        self.setMinimumWidth(WIDTH)

    def go_on(self) -> None:
        """Hand the job in, and close: what comes of it is told where edits are."""
        context = self._context
        steps = self._steps(context.library, self.microsoft.isChecked(), self.keywords.isChecked())
        said = self.tr("Names of {photos}: {written} files written, {unchanged} were right.")
        left = self.tr("{message} In all {number} files were left as they are.")
        job = context.jobs.job(steps, self._words.doing)
        job.done.connect(partial(_tell, context, said, left))
        job.failed.connect(context.fail)
        job.start()
        self.accept()

    def _steps(self, library: Library, *checked: bool) -> Steps:
        from engine.metadata.writing.names import Wanted

        return (yield from self.export(library, Wanted(*checked)))


def _tell(context: Context, said: str, left: str, exported: "Exported") -> None:
    context.told.emit(
        fill(
            said,
            photos=texts.photos(exported.photos),
            written=texts.number(exported.written),
            unchanged=texts.number(exported.unchanged),
        )
    )
    if exported.problems:
        first = exported.problems[0]
        number = texts.number(len(exported.problems))
        message = texts.told(first.message)
        if len(exported.problems) > 1:
            message = fill(left, message=message, number=number)
        context.fail(KinfolkError(message, first.hint))
