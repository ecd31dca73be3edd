"""What the remedies do to the problem that is meant."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from app.files.handing import show_in_file_manager
from app.merging.dialog import ask_to_merge
from app.pages.problems.problem import DOUBLED, NOT_SHOWN, Problem
from app.session.context import Context
from engine.library import edits
from engine.library.relocating import move_folder
from engine.library.states import PhotoState

translate = QCoreApplication.translate

FOR_GOOD = timedelta(days=36_500)
"""How long it is remembered that somebody does stand twice in a photo."""

MOST_PLACES = 20
"""Directories that are scanned one by one; beyond that all folders are."""


class ProblemCommands:
    """One method a remedy; `owner` is the page."""

    def __init__(self, context: Context, owner: QWidget) -> None:
        self._context, self._owner = context, owner
        self._operations = context.operations

    def try_again(self, problems: Sequence[Problem]) -> None:
        """Read files once more that could not be read, and whatever else is new where they lie."""
        places = dict.fromkeys(problem.path.parent for problem in problems if problem.path)
        paths = list(places) if len(places) <= MOST_PLACES else []
        self._context.scanning.scan(paths, [PhotoState.BROKEN])

    def scan(self, problem: Problem) -> None:
        """Look again what is in a folder."""
        if problem.path is not None:
            self._context.scanning.scan([problem.path])

    def choose_place(self, problem: Problem) -> None:
        """Ask where a folder is now."""
        chosen = QFileDialog.getExistingDirectory(self._owner, translate("Problems", "Where is this folder now?"))
        if chosen:
            self.move(problem, Path(chosen))

    def move(self, problem: Problem, path: Path) -> None:
        """Note that a folder is elsewhere now and scan it there."""
        context = self._context
        job = context.edits.call(lambda: move_folder(context.library, problem.ids[0], path))
        job.done.connect(lambda _changes: context.folders.read())
        job.done.connect(lambda _changes: context.scanning.scan([path]))
        job.failed.connect(context.fail)
        job.promise().start()

    def show_file(self, problem: Problem) -> None:
        """Show a file, or a folder, in the system's file manager."""
        if problem.path is not None:
            show_in_file_manager(self._context, problem.path, self._owner)

    def leave_unshown(self, problem: Problem) -> None:
        """Remember that a photo may stay without faces that it showed once; what was said of them is kept."""
        library, (photo,) = self._context.library, problem.ids
        until = datetime.now(UTC) + FOR_GOOD
        said = translate("Problems", "Noted. What you said is kept, should the photo show them again.")
        self._operations.edit(lambda: edits.postpone_question(library, NOT_SHOWN, photo, 0, until), said)

    def keep_face(self, place: int, problem: Problem) -> None:
        """Reject the faces of a person in one photo but the one at this place."""
        others = [face for number, face in enumerate(problem.faces) if number != place]
        self._operations.reject(problem.ids[1], others)

    def keep_all_faces(self, problem: Problem) -> None:
        """Remember that somebody stands twice in a photo."""
        library, (photo, person) = self._context.library, problem.ids
        until = datetime.now(UTC) + FOR_GOOD
        said = translate("Problems", "Noted: a mirror or a collage.")
        self._operations.edit(lambda: edits.postpone_question(library, DOUBLED, photo, person, until), said)

    def split(self, problem: Problem) -> None:
        """Make a person of their own of the faces that look like somebody else."""
        self._operations.split_off(problem.faces)

    def leave_whole(self, problem: Problem) -> None:
        """Confirm that the faces are the person's."""
        self._operations.confirm(problem.ids[0], problem.faces)

    def merge(self, problem: Problem) -> None:
        """Ask whether people with one name are one."""
        ask_to_merge(self._context, problem.ids, self._owner)

    def tell_apart(self, problem: Problem) -> None:
        """Note that people with one name are two."""
        one, other = problem.ids
        self._operations.tell_apart(one, other)
