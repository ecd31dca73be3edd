"""Photos are searched by names that are typed: A and B, A but not B; Esc ends it."""

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.pages.photos.page import PhotosPage
from app.shell.main_window import MainWindow
from engine.library.queries import PhotoSearch, photo_index
from tests.app.conftest import PLENTY_MS
from tests.app.drawn import DrawnLibrary, name_people

Key = Qt.Key
Settle = Callable[[], None]


@pytest.fixture
def page(window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle) -> PhotosPage:
    name_people(drawn, "Ada", "Bo", "Cleo")
    settle()
    qtbot.keyClick(window, Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    shown = window.page("photos")
    assert isinstance(shown, PhotosPage)
    qtbot.waitUntil(lambda: len(shown.model.ids) == len(drawn.photos), timeout=PLENTY_MS)
    settle()
    return shown


def type_and_take(page: PhotosPage, qtbot: QtBot, settle: Settle, words: str) -> None:
    qtbot.keyClick(page.window(), Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(page.search.field, words)
    qtbot.keyClick(page.search.field, Key.Key_Return)
    settle()


def found(drawn: DrawnLibrary, search: PhotoSearch) -> list[int]:
    return sorted(photo_index(drawn.library, search).photo_ids.tolist())


def test_a_name_finds_somebodys_photos(page: PhotosPage, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle) -> None:
    type_and_take(page, qtbot, settle, "cleo")
    expected = found(drawn, PhotoSearch(everyone=frozenset({drawn.people[2]})))
    assert 0 < len(expected) < len(drawn.photos)
    assert sorted(page.model.ids.tolist()) == expected
    assert "Cleo" in page.search.said.text()


def test_two_names_find_photos_of_both(page: PhotosPage, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle) -> None:
    type_and_take(page, qtbot, settle, "ada")
    type_and_take(page, qtbot, settle, "cleo")
    both = frozenset({drawn.people[0], drawn.people[2]})
    assert page.search.search.everyone == both
    assert sorted(page.model.ids.tolist()) == found(drawn, PhotoSearch(everyone=both))


def test_escape_ends_the_search(page: PhotosPage, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle) -> None:
    type_and_take(page, qtbot, settle, "bo")
    page.grid.setFocus()
    qtbot.keyClick(page.grid, Key.Key_Escape)
    settle()
    assert not page.search.searching
    assert len(page.model.ids) == len(drawn.photos)


def test_enter_opens_a_photo_and_escape_comes_back_to_it(
    page: PhotosPage, qtbot: QtBot, settle: Settle, window: MainWindow
) -> None:
    page.grid.setFocus()
    page.grid.setCurrentIndex(page.model.index(2))
    photo = page.grid.current_id()
    qtbot.keyClick(page.grid, Key.Key_Return)
    settle()
    here = window.context.navigator.here
    assert here is not None
    assert (here.page, here.subject) == ("photo", photo)
    qtbot.keyClick(window.stack.currentWidget().focusWidget() or window, Key.Key_Escape)
    settle()
    assert window.stack.currentWidget() is page
    assert page.grid.current_id() == photo


def test_what_is_asked_before_it_is_known_is_answered_when_it_is(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    name_people(drawn, "Ada", "Bo", "Cleo")
    settle()
    page, gate = window.page("photos"), threading.Event()
    assert isinstance(page, PhotosPage)
    for lane in (window.context.reads, window.context.thinking):
        lane.call(lambda: gate.wait(PLENTY_MS / 1_000)).start()
    qtbot.keyClick(window, Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(page.search.field, "cleo")
    qtbot.keyClick(page.search.field, Key.Key_Return)
    assert page.search.said.text() == "Looking for “cleo”…"
    gate.set()
    settle()
    assert page.search.search == PhotoSearch(everyone=frozenset({drawn.people[2]}))
    assert page.search.field.text() == ""


def test_names_are_known_while_questions_are_looked_for(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    name_people(drawn, "Ada", "Bo", "Cleo")
    settle()
    page, gate = window.page("photos"), threading.Event()
    assert isinstance(page, PhotosPage)
    window.context.thinking.call(lambda: gate.wait(PLENTY_MS / 1_000)).start()
    qtbot.keyClick(window, Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(page.search.field, "cleo")
    qtbot.keyClick(page.search.field, Key.Key_Return)
    qtbot.waitUntil(lambda: page.search.search.everyone == frozenset({drawn.people[2]}), timeout=PLENTY_MS)
    qtbot.keyClicks(page.search.field, "nobody")
    qtbot.keyClick(page.search.field, Key.Key_Return)
    assert page.search.said.text() == "Looking for “nobody”…"
    gate.set()
    qtbot.waitUntil(lambda: page.search.said.text().startswith("No name"), timeout=PLENTY_MS)
