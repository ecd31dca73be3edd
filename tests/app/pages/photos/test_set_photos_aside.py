"""Shift+Del sets aside everyone unnamed in the photos that are selected; every press has its word."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.pages.photos.page import PhotosPage
from app.shell.main_window import MainWindow
from engine.library.history import history
from engine.library.queries import counts
from tests.app.conftest import PLENTY_MS
from tests.app.drawn import DrawnLibrary, name_people

Settle = Callable[[], None]


@pytest.fixture
def page(window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle) -> PhotosPage:
    settle()
    qtbot.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    shown = window.page("photos")
    assert isinstance(shown, PhotosPage)
    qtbot.waitUntil(lambda: len(shown.model.ids) == len(drawn.photos), timeout=PLENTY_MS)
    settle()
    return shown


def press(page: PhotosPage, qtbot: QtBot, *photos: int) -> None:
    page.grid.select_ids(list(photos))
    qtbot.keyClick(page.grid, Qt.Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier)


def test_two_quick_presses_both_count(page: PhotosPage, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle) -> None:
    press(page, qtbot, drawn.photos[0])
    press(page, qtbot, drawn.photos[1])
    settle()
    assert counts(drawn.library).ignored == 8, "four faces in each"
    assert [step.label for step in history(drawn.library)] == ["Ignore 4 faces", "Ignore 4 faces"]


def test_where_nobody_is_unnamed_that_is_said(
    page: PhotosPage, window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    name_people(drawn, "Ada", "Bo", "Cleo", "Dora")
    steps = len(history(drawn.library))
    press(page, qtbot, drawn.photos[0])
    settle()
    assert "nobody to set aside" in window.messages.text.text()
    assert not window.messages.button.isVisible(), "there is nothing to take back"
    assert len(history(drawn.library)) == steps
