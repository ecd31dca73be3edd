"""The page of questions, opened by a hand."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from app.shell.main_window import MainWindow
from tests.app.pages.review.hand import ReviewHand


@pytest.fixture
def open_review(window: MainWindow, qtbot: QtBot, settle: Callable[[], None]) -> Callable[[], ReviewHand]:
    """Open the page, once the library is as the test wants it."""
    return lambda: ReviewHand(window, qtbot, settle)
