"""The page of problems, opened by a hand."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from app.shell.main_window import MainWindow
from tests.app.pages.problems.hand import ProblemsHand


@pytest.fixture
def open_problems(window: MainWindow, qtbot: QtBot, settle: Callable[[], None]) -> Callable[[], ProblemsHand]:
    """Open the page, once the library is as the test wants it."""
    return lambda: ProblemsHand(window, qtbot, settle)
