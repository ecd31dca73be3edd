"""The page of nobody's faces, opened by a hand."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from app.shell.main_window import MainWindow
from tests.app.pages.unsorted.hand import UnsortedHand


@pytest.fixture
def open_unsorted(window: MainWindow, qtbot: QtBot, settle: Callable[[], None]) -> Callable[[], UnsortedHand]:
    """Open the page, once the library is as the test wants it."""
    return lambda: UnsortedHand(window, qtbot, settle)
