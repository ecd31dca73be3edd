"""Opening a photo with a program that the user chooses."""

import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, QMimeDatabase, QObject, QProcess, Qt
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QListWidget, QVBoxLayout, QWidget

from app.files.desktop_programs import Program, config_folders, data_folders, programs_for
from app.session.context import Context
from app.style.theme import Space
from app.widgets.label import Label
from app.work.while_there import while_there
from engine.errors import KinfolkError
from engine.words import fill

translate = QCoreApplication.translate

CHOOSER = (
    "on run argv",
    "set chosen to POSIX path of (choose application as alias)",
    'do shell script "open -a " & quoted form of chosen & " " & quoted form of item 1 of argv',
    "end run",
)
"""Apple's own window of programs; `open -a` then opens the file with the one that was chosen."""


class OpenWith(QObject):
    """Lets the system ask where it has a window for that; on Linux the programs are read off the GUI thread."""

    def __init__(self, context: Context, owner: QObject) -> None:
        super().__init__(owner)
        self._context = context

    def ask(self, path: Path) -> None:
        """Ask with what to open a file, and open it."""
        if sys.platform == "win32":
            QProcess.startDetached("rundll32.exe", ["shell32.dll,OpenAs_RunDLL", str(path)])
        elif sys.platform == "darwin":
            QProcess.startDetached("osascript", [*(part for line in CHOOSER for part in ("-e", line)), str(path)])
        else:
            job = self._context.disks.call(partial(_programs_here, path))
            job.done.connect(while_there(self, partial(self._offer, path)))
            job.failed.connect(self._context.fail)
            job.start()

    def _offer(self, path: Path, programs: Sequence[Program]) -> None:
        if programs:
            ProgramDialog(self._context, path, programs, QApplication.activeWindow()).open()
            return
        message = fill(translate("Opening", "No program for {path} was found."), path=path)
        hint = translate("Opening", "Show it in the file manager, and open it there.")
        self._context.fail(KinfolkError(message, hint))


class ProgramDialog(QDialog):
    """A list of programs; the one that the user chose for such files before is first."""

    def __init__(self, context: Context, path: Path, programs: Sequence[Program], parent: QWidget | None) -> None:
        super().__init__(parent)
        self._context, self._path, self._known = context, path, list(programs)
        self.setWindowTitle(self.tr("Open with"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.programs = QListWidget()
        self.programs.addItems([program.name for program in programs])
        self.programs.setCurrentRow(0)
        self.programs.setAccessibleName(self.tr("Programs"))
        self.programs.itemActivated.connect(lambda _item: self._open())
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Open | kinds.Cancel)
        buttons.accepted.connect(self._open)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(Space.MEDIUM)
        for widget in (Label(fill(self.tr("Open {name} with:"), name=path.name)), self.programs, buttons):
            column.addWidget(widget)

    def _open(self) -> None:
        program = self._known[max(0, self.programs.currentRow())]
        command, *words = program.opening(self._path)
        if not QProcess.startDetached(command, words)[0]:
            message = fill(self.tr("{program} could not be started."), program=program.name)
            self._context.fail(KinfolkError(message, self.tr("Choose another program.")))
        self.accept()


def _programs_here(path: Path) -> list[Program]:
    kind = QMimeDatabase().mimeTypeForFile(str(path))
    kinds = [kind.name(), *kind.aliases(), *kind.allAncestors()]
    # Whatever opens any file at all (application/octet-stream) is no program for photos.
    pictures = [name for name in kinds if name != "application/octet-stream"]
    language = QLocale().name()
    return programs_for(pictures, data_folders(os.environ), config_folders(os.environ), language)
