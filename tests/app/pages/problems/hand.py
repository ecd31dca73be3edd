"""A hand on the page of problems: which there are, which one is shown large, and its remedies."""

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from app.pages.problems.page import ProblemsPage
from app.pages.problems.problem import Problem, ProblemKind
from app.shell.main_window import MainWindow
from tests.app.conftest import PLENTY_MS
from tests.app.hand import CTRL, Hand, Key


class ProblemsHand(Hand):
    """A hand on the page, which is opened with its key."""

    def __init__(self, window: MainWindow, qtbot: QtBot, settle: Callable[[], None]) -> None:
        super().__init__(window, qtbot, settle)
        settle()
        with qtbot.waitActive(window, timeout=PLENTY_MS):
            window.come_forward()
        self.press(Key.Key_5, CTRL)
        self.page = self.page_of("problems", ProblemsPage)

    @property
    def problem(self) -> Problem:
        """The problem that is chosen."""
        self.wait_until(lambda: self.page.list.current() is not None)
        problem = self.page.list.current()
        assert problem is not None
        return problem

    @property
    def question(self) -> str:
        """What is asked about it."""
        return self.page.detail.question.text()

    def problems(self, kind: ProblemKind) -> list[Problem]:
        """The problems of a kind that are listed."""
        return list(self.page.list.tree.problems(kind))

    def choose(self, kind: ProblemKind) -> Problem:
        """Choose the first problem of a kind, once there is one."""
        self.wait_until(lambda: self.problems(kind))
        self.page.list.setCurrentIndex(self.page.list.tree.index_of(self.problems(kind)[0].key))
        self.settle()
        return self.problem

    def answer(self, key: Key) -> None:
        """Press the key of a remedy."""
        self.page.list.setFocus()
        self.press(key)

    def wait_until_mended(self, kind: ProblemKind) -> None:
        """Wait until no problem of a kind is listed any more."""
        self.wait_until(lambda: not self.problems(kind))
