"""The page of questions, opened by a hand."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from app.session.context import Context
from app.shell.main_window import MainWindow
from tests.app.pages.review.hand import ReviewHand


@pytest.fixture
def open_review(
    window: MainWindow, context: Context, qtbot: QtBot, settle: Callable[[], None]
) -> Callable[[], ReviewHand]:
    """Open the page, once the library is as the test wants it; it stays so but for the answers.

    The faces that are asked about were taken from somebody whom they resemble: the machine would give them back.
    """

    def opened() -> ReviewHand:
        hand = ReviewHand(window, qtbot, settle)
        context.ground.hold()
        return hand

    return opened
