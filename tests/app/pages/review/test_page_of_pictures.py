"""A photo that looks like a page with several pictures is asked about above the other questions."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.shell.main_window import MainWindow
from engine.library.history import undo
from engine.library.pages import said_of_pages
from tests.app.drawn import DrawnLibrary
from tests.app.hand import Key
from tests.app.pages.review.hand import ReviewHand, raise_page, raise_questions


@pytest.fixture
def page(drawn: DrawnLibrary, window: MainWindow) -> int:
    """The first photo becomes a page with three pictures of one person."""
    raise_questions(drawn)
    return raise_page(drawn, window.context.embedder().key)


KEYS = {"yes": Key.Key_Y, "no": Key.Key_N, "later": Key.Key_S}


@pytest.mark.parametrize("by", ["click", "key"])
@pytest.mark.parametrize("answer", ["yes", "no", "later"])
def test_a_page_is_asked_about_once(
    page: int, window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Callable[[], None], answer: str, by: str
) -> None:
    hand = ReviewHand(window, qtbot, settle)
    bar = hand.page.pages
    hand.wait_until(bar.isVisible)
    assert "% likely" in bar.why.text()
    if by == "key":
        hand.press(KEYS[answer], Qt.KeyboardModifier.ShiftModifier)
    else:
        button: QPushButton = getattr(bar, answer)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    hand.wait_until(lambda: not bar.isVisible())
    settle()
    assert said_of_pages(drawn.library) == {"yes": {page: True}, "no": {page: False}, "later": {}}[answer]
    undo(drawn.library)
    hand.page.pages.refresh()
    hand.wait_until(bar.isVisible)
