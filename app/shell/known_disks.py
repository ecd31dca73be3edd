"""Asks, before folders are scanned, whether one that is at another place now is the one that was known."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.session.context import Context
from app.shell.disk_question import DiskQuestion
from app.work.while_there import while_there
from engine.library.library import Library
from engine.library.relocating import move_folder, note_other_folder
from engine.workflows.scan.known_again import Likeness, disks_to_ask

Note = Callable[[Library, int, Path], object]
"""Writes whether a folder that was known is at this place now."""


class KnownDisks(QObject):
    """Scans folders that the user named; what is known again is asked about first, once."""

    def __init__(self, context: Context, owner: QWidget) -> None:
        super().__init__(owner)
        self._context, self._owner = context, owner

    def scan(self, paths: Sequence[Path]) -> None:
        """Look for what is known again, ask about it, and scan."""
        library, asked = self._context.library, list(paths)
        job = self._context.disks.call(lambda: disks_to_ask(library, asked))
        job.done.connect(while_there(self, lambda found: self._ask(asked, found)))
        # What keeps a folder from being looked at, the scan tells better.
        job.failed.connect(lambda _error: self._context.scanning.scan(asked))
        job.start()

    def _ask(self, paths: Sequence[Path], found: Sequence[Likeness]) -> None:
        if not found:
            self._context.scanning.scan(paths)
            return
        likeness, later = found[0], found[1:]
        question = DiskQuestion(likeness, self._owner.window())
        question.same.clicked.connect(lambda: self._note(move_folder, likeness, paths, later))
        question.other.clicked.connect(lambda: self._note(note_other_folder, likeness, paths, later))
        question.open()

    def _note(self, note: Note, likeness: Likeness, paths: Sequence[Path], later: Sequence[Likeness]) -> None:
        context = self._context
        job = context.edits.call(lambda: note(context.library, likeness.folder.id, likeness.path))
        job.done.connect(lambda _changes: context.folders.read())
        job.done.connect(while_there(self, lambda _changes: self._ask(paths, later)))
        job.failed.connect(context.fail)
        job.promise().start()
