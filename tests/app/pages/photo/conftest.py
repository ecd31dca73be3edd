"""The page of a photo, opened by a hand."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from app.shell.main_window import MainWindow
from tests.app.drawn import DrawnLibrary
from tests.app.pages.photo.hand import PhotoHand


@pytest.fixture
def hand(window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Callable[[], None]) -> PhotoHand:
    """A hand on the first photo, which shows one face of each of the four people."""
    return PhotoHand(window, qtbot, settle, drawn.photos[0])
