"""The numbers beside the pages in the sidebar, counted anew as things change."""

from functools import partial

from PySide6.QtCore import QObject, QTimer

from app.session.asking import FETCHED
from app.session.context import Context
from app.shell.problem_count import ProblemCount
from app.shell.sidebar import Sidebar
from engine.library.changes import Changes
from engine.library.queries import OpenCounts, count_problems, open_counts


class SidebarCounts(QObject):
    """Follows the library and the questions."""

    def __init__(self, context: Context, sidebar: Sidebar, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._sidebar = context, sidebar
        self.problems = ProblemCount(context, self)
        self._open, self._flawed = context.reading(self, self._show), context.reading(self, self.problems.take_files)
        self._changes: Changes | None = Changes()
        # What the page in sight shows is read before: it hears of the same changes, and asks at once.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._refresh)
        self.problems.counted.connect(self._show_problems)
        context.changed.connect(self._take)
        context.changed_elsewhere.connect(self._take_anything)
        context.questions.moved.connect(self._show_questions)

    def begin(self) -> None:
        """Count for the first time, once the window has shown itself."""
        self._take(None)
        self._show_questions()

    def _take(self, changes: Changes | None) -> None:
        """Count soon what these changes touch; None: anything may be different."""
        self._changes = None if changes is None or self._changes is None else self._changes | changes
        self._soon.start()

    def _take_anything(self) -> None:
        self._take(None)

    def _refresh(self) -> None:
        changes, self._changes = self._changes, Changes()
        library = self._context.library
        self._open.refresh(partial(open_counts, library))
        if changes is None or changes.photos or changes.folders:
            self._flawed.refresh(partial(count_problems, library))
        else:
            self.problems.look_soon()

    def _show(self, found: OpenCounts) -> None:
        self._sidebar.show_count("people", found.people)
        self._sidebar.show_count("unsorted", found.unsorted)

    def _show_problems(self, count: int) -> None:
        self._sidebar.show_count("problems", count)

    def _show_questions(self) -> None:
        """Show how many questions wait; while there are more than are known, only that there are.

        Less likely ones that somebody asked for are no work that waits.
        """
        questions = self._context.questions
        if questions.more and not questions.going_on:
            self._sidebar.show_count("review", FETCHED, "+")
        else:
            self._sidebar.show_count("review", questions.likely)
