"""The page of photos, with a hand on it."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from app.shell.main_window import MainWindow
from tests.app.drawn import DrawnLibrary, name_people
from tests.app.pages.photos.hand import PhotosHand


@pytest.fixture
def names() -> tuple[str, ...]:
    """Who is named before the page opens, the largest first. Some tests name others."""
    return ("Ada", "Bo", "Cleo")


@pytest.fixture
def named(drawn: DrawnLibrary, names: tuple[str, ...], window: MainWindow, settle: Callable[[], None]) -> DrawnLibrary:
    """The library with these names, and a window that knows of them."""
    name_people(drawn, *names)
    settle()
    return drawn


@pytest.fixture
def hand(named: DrawnLibrary, window: MainWindow, qtbot: QtBot, settle: Callable[[], None]) -> PhotosHand:
    """A hand on the page, which shows all photos."""
    made = PhotosHand(window, qtbot, settle)
    settle()
    made.wait_until(lambda: len(made.photos()) == len(named.photos))
    return made
