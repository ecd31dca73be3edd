"""Before names are brought from another program: which, from where, and what would come of it."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.session.context import Context
from app.shell.bringing import bring_steps, plan_steps
from app.style import texts
from app.style.theme import Space, TextSize, set_hint_colour, set_text_size
from app.widgets.label import Label
from app.work.jobs import Job
from app.work.while_there import while_there
from engine.words import fill

if TYPE_CHECKING:  # it brings the libraries of models, which the first window does without
    from engine.workflows.naming.bringing import BringingPlan

WIDTH = 560
FILES = ("digikam", "photoprism")
"""Programs whose data is one file; it may be found by its folder, too."""


class BringDialog(QDialog):
    """Looks first; what it then writes is one edit that can be undone."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._plan: BringingPlan | None = None
        self._job: Job | None = None
        self._number = 0
        """That of the look whose answer is awaited."""
        self.setWindowTitle(self.tr("Bring names from another program"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.program, self.place, self.key = QComboBox(), QLineEdit(), QLineEdit()
        self.choose, self.look = QPushButton(self.tr("Choose…")), QPushButton(self.tr("&Look first"))
        self.hint, self.outcome = Label(), Label()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setIcon(QIcon())  # the others have none
        self.bring = self.buttons.addButton(self.tr("&Bring names"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._fill()
        self._lay_out()
        self._connect()
        self._turn()

    def _fill(self) -> None:
        for title, name in (
            ("Picasa", "picasa"),
            ("digiKam", "digikam"),
            ("Google Takeout", "takeout"),
            ("Apple Photos", "apple"),
            ("Lightroom", "lightroom"),
            ("Immich", "immich"),
            ("PhotoPrism", "photoprism"),
        ):
            self.program.addItem(title, name)
        self.program.setAccessibleName(self.tr("Program"))
        self.place.setAccessibleName(self.tr("Where its data lies"))
        self.key.setAccessibleName(self.tr("Key"))
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        set_hint_colour(self.hint)
        for label in (self.hint, self.outcome):
            label.setWordWrap(True)

    def _lay_out(self) -> None:
        headline = Label(self.tr("Bring names from…"))
        set_text_size(headline, TextSize.TITLE)
        where = QHBoxLayout()
        where.addWidget(self.place, 1)
        where.addWidget(self.choose)
        self.form = QFormLayout()
        self.form.addRow(self.tr("Program"), self.program)
        self.form.addRow(self.tr("Where"), where)
        self.form.addRow(self.tr("Key"), self.key)
        self.buttons.addButton(self.look, QDialogButtonBox.ButtonRole.ActionRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.LARGE)
        column.setSpacing(Space.MEDIUM)
        column.addWidget(headline)
        column.addLayout(self.form)
        for widget in (self.hint, self.outcome, self.buttons):
            column.addWidget(widget)
        self.setMinimumWidth(WIDTH)

    def _connect(self) -> None:
        self.program.currentIndexChanged.connect(self._turn)
        self.place.textChanged.connect(self._forget)
        self.key.textChanged.connect(self._forget)
        self.place.returnPressed.connect(self._look)
        self.choose.clicked.connect(self._choose)
        self.look.clicked.connect(self._look)
        self.buttons.accepted.connect(self._bring)
        self.buttons.rejected.connect(self.reject)
        self.finished.connect(self._forget)

    def _turn(self) -> None:
        """Say what the chosen program's data is."""
        wanted = {
            "picasa": self.tr("The folder of your photos: Picasa keeps a file named .picasa.ini in each."),
            "digikam": self.tr("The file digikam4.db, or the folder that it lies in. It is only read."),
            "takeout": self.tr("The folder of the unpacked archive. Google says who is in a photo, but not where."),
            "apple": self.tr("The folder of the sidecars that osxphotos wrote."),
            "lightroom": self.tr("The folder of your photos: Lightroom saves names into files and beside them."),
            "immich": self.tr("The address of your server and a key that you made there, or a saved answer (JSON)."),
            "photoprism": self.tr("The file index.db, or photos that were saved as JSON."),
        }
        self.hint.setText(wanted[self.program.currentData()])
        self.form.setRowVisible(self.key, self.program.currentData() == "immich")
        self._forget()

    def _forget(self) -> None:
        """Let what was found go, or is looked for: it is elsewhere."""
        self._number += 1
        if self._job is not None:
            self._job.cancel()
        self._plan = self._job = None
        self.outcome.setText("")
        self.bring.setEnabled(False)
        self.look.setEnabled(bool(self.place.text().strip()))

    def _choose(self) -> None:
        asked = QFileDialog(self, self.hint.text())
        is_file = self.program.currentData() in FILES
        asked.setFileMode(QFileDialog.FileMode.ExistingFile if is_file else QFileDialog.FileMode.Directory)
        asked.fileSelected.connect(self.place.setText)
        asked.open()

    def _look(self) -> None:
        """Read the other program's names and say what would come of them."""
        if not self.look.isEnabled():
            return
        asked = (str(self.program.currentData()), self.place.text().strip(), self.key.text().strip())
        title = fill(self.tr("Reading names of {program}"), program=self.program.currentText())
        job = self._context.jobs.job(plan_steps(self._context, *asked), title)
        self._forget()
        self._job = job
        self.look.setEnabled(False)
        self.outcome.setText(self.tr("Looking…"))
        job.done.connect(while_there(self, partial(self._hear, self._number, self._show)))
        job.failed.connect(while_there(self, partial(self._hear, self._number, self._say)))
        job.cancelled.connect(while_there(self, partial(self._hear, self._number, self._forget)))
        job.start()

    def _hear(self, number: int, answer: Callable[..., None], *told: object) -> None:
        """Hear a look while it is awaited: not after another place was typed, nor when the dialog is gone."""
        if number == self._number:
            answer(*told)

    def _show(self, plan: "BringingPlan") -> None:
        self._forget()
        self._plan = plan
        judged = plan.judged
        lines = [
            fill(
                self.tr("Named in {photos} here: {people}. Not here: {elsewhere}."),
                people=texts.people(plan.people),
                photos=texts.photos(plan.photos),
                elsewhere=texts.photos(plan.elsewhere),
            ),
            fill(
                self.tr("A name for {faces}. Have theirs already: {agreed}. Boxes that become faces: {drawn}."),
                faces=texts.faces(len(judged.named)),
                agreed=texts.number(judged.agreed),
                drawn=texts.number(len(judged.drawn)),
            ),
        ]
        if judged.conflicts:
            lines.append(
                fill(
                    self.tr("{number} names contradict what you said here: they are left out."),
                    number=texts.number(judged.conflicts),
                )
            )
        if judged.hints:
            lines.append(
                fill(
                    self.tr("Of {number} names is not known which face they are of: Kinfolk asks about them."),
                    number=texts.number(len(judged.hints)),
                )
            )
        if plan.unread:
            lines.append(fill(self.tr("{number} files could not be read."), number=texts.number(plan.unread)))
        self.outcome.setText("\n".join(lines))
        self.bring.setEnabled(bool(judged.named or judged.drawn or judged.hints or plan.births))
        if self.bring.isEnabled():
            self.bring.setDefault(True)
            self.bring.setFocus()

    def _say(self, error: object) -> None:
        self._forget()
        self.outcome.setText(texts.spoken_error(error) or self.tr("The names could not be read."))
        self._context.report(error)

    def _bring(self) -> None:
        """Hand the plan in, and close: what comes of it is told where edits are."""
        if self._plan is None:
            return
        context, count = self._context, len(self._plan.judged.named) + len(self._plan.judged.drawn)
        said = fill(self.tr("{faces} got a name."), faces=texts.faces(count))
        job = context.jobs.job(bring_steps(context, self._plan), self.tr("Bringing names"))
        job.done.connect(lambda _: context.operations.tell_written(said))
        job.failed.connect(context.fail)
        job.start()
        self.accept()
