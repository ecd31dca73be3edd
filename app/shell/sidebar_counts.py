"""The numbers beside the pages in the sidebar, counted anew as things change."""

from PySide6.QtCore import QObject, QTimer

from app.session.context import Context
from app.session.questions import FETCHED
from app.shell.problem_count import ProblemCount
from app.shell.sidebar import Sidebar
from engine.library.queries import Counts, counts


class SidebarCounts(QObject):
    """Follows the library and the questions."""

    def __init__(self, context: Context, sidebar: Sidebar, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._sidebar = context, sidebar
        self.problems = ProblemCount(context, self)
        self._counts = context.reading(self, self._show)
        self.problems.counted.connect(self._show_problems)
        context.changed.connect(self._refresh)
        context.changed_elsewhere.connect(self._refresh)
        context.questions.moved.connect(self._show_questions)

    def begin(self) -> None:
        """Count for the first time, once the window has shown itself."""
        QTimer.singleShot(0, self._refresh)
        self._show_questions()

    def _refresh(self) -> None:
        library = self._context.library
        self._counts.refresh(lambda: counts(library))

    def _show(self, found: Counts) -> None:
        self._sidebar.show_count("people", found.people)
        self._sidebar.show_count("unsorted", found.unsorted)
        self.problems.take_files(found.problems)

    def _show_problems(self, count: int) -> None:
        self._sidebar.show_count("problems", count)

    def _show_questions(self) -> None:
        """Show how many questions wait; while there are more than are known, only that there are."""
        questions = self._context.questions
        if questions.more:
            self._sidebar.show_count("review", FETCHED, "+")
        else:
            self._sidebar.show_count("review", len(questions.waiting))
