"""A page with nothing to show says why, and offers the one next step."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.pages.history import HistoryPage
from app.pages.photos.page import PhotosPage
from app.pages.settings.page import SettingsPage
from app.pages.unsorted.page import UnsortedPage
from app.shell.main_window import MainWindow
from engine.library.queries import unsorted_face_rows
from engine.settings import load_settings
from tests.app.conftest import PLENTY_MS
from tests.app.drawn import DrawnLibrary, name_people
from tests.app.pages.photo.hand import PhotoHand

Settle = Callable[[], None]


def alter(drawn: DrawnLibrary, statement: str) -> None:
    """Change the file as no part of the program does."""
    with closing(sqlite3.connect(drawn.library.path)) as other:
        other.execute(statement)


def press(button: QPushButton, qtbot: QtBot) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_photos_that_could_not_be_read_can_be_read_again(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    settle()
    alter(drawn, "ALTER TABLE photos RENAME TO gone")
    window.context.navigator.go("photos")
    page = window.page("photos")
    assert isinstance(page, PhotosPage)
    qtbot.waitUntil(page.states.broken.isVisible, timeout=PLENTY_MS)
    assert page.states.broken.headline.text() == "The photos could not be read"
    alter(drawn, "ALTER TABLE gone RENAME TO photos")
    press(page.states.broken.button, qtbot)
    qtbot.waitUntil(lambda: page.grid.isVisible() and len(page.model.ids) == len(drawn.photos), timeout=PLENTY_MS)


def test_a_history_that_could_not_be_read_can_be_read_again(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    name_people(drawn, "Ada")
    settle()
    alter(drawn, "ALTER TABLE journal_steps RENAME TO gone")
    window.context.navigator.go("history")
    page = window.page("history")
    assert isinstance(page, HistoryPage)
    qtbot.waitUntil(lambda: page.empty.headline.text() == "The history could not be read", timeout=PLENTY_MS)
    alter(drawn, "ALTER TABLE gone RENAME TO journal_steps")
    press(page.empty.button, qtbot)
    qtbot.waitUntil(lambda: page.list.isVisible() and page.list.count() == 2, timeout=PLENTY_MS)


def test_a_photo_that_could_not_be_looked_up_shows_nothing_of_the_one_before(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    settle()
    hand = PhotoHand(window, qtbot, settle, drawn.photos[0])
    assert len(hand.faces()) == 4
    alter(drawn, "ALTER TABLE photos RENAME TO gone")
    window.context.navigator.replace("photo", drawn.photos[1])
    hand.wait_until(hand.page.notice.isVisible)
    assert hand.page.notice.sentence.text() == "What is known of this photo could not be read."
    assert hand.faces() == []
    assert not hand.canvas.has_image


def test_settings_with_a_model_that_is_gone_offer_the_usual_ones(
    window: MainWindow, qtbot: QtBot, settle: Settle
) -> None:
    settle()
    context = window.context
    context.take_settings(replace(context.settings, detector="mine"))
    context.navigator.go("settings")
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    qtbot.waitUntil(page.trouble.isVisible, timeout=PLENTY_MS)
    assert not page.form.isVisible()
    assert page.erase_button.isVisible(), "whatever is wrong, the data can be erased"
    press(page.trouble.button, qtbot)
    qtbot.waitUntil(page.form.isVisible, timeout=PLENTY_MS)
    assert page.form.detector.currentData() == "yunet_2023mar"
    assert load_settings(context.places.settings).detector == ""


@pytest.mark.parametrize("name", ["photos", "unsorted"])
def test_without_a_folder_the_next_step_is_to_add_one(empty_window: MainWindow, name: str, qtbot: QtBot) -> None:
    context = empty_window.context
    context.navigator.go(name)
    page = empty_window.page(name)
    state = page.states.nothing if isinstance(page, PhotosPage) else page.empty  # type: ignore[attr-defined]  # or Unsorted
    qtbot.waitUntil(state.isVisible, timeout=PLENTY_MS)
    assert state.button.text() == "Add a folder…"
    empty_window.context.folder_wanted.disconnect(empty_window.choose_folder)  # a dialog of the system
    with qtbot.waitSignal(context.folder_wanted, timeout=PLENTY_MS):
        press(state.button, qtbot)


def test_photos_that_are_all_sorted_lead_to_people(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    settle()
    window.context.operations.ignore([row.face for row in unsorted_face_rows(drawn.library)])
    settle()
    window.context.folders.read()
    qtbot.waitUntil(lambda: bool(window.context.folders.states), timeout=PLENTY_MS)
    window.context.navigator.go("unsorted")
    page = window.page("unsorted")
    assert isinstance(page, UnsortedPage)
    qtbot.waitUntil(page.empty.isVisible, timeout=PLENTY_MS)
    assert page.empty.headline.text() == "Everybody is sorted"
    press(page.empty.button, qtbot)
    here = window.context.navigator.here
    assert here is not None
    assert here.page == "people"
