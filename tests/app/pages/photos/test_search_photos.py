"""Photos are searched by names that are typed: A and B, A but not B; Esc ends it."""

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.pages.photos.several import meant_at_once
from app.session.navigation import Place
from app.shell.main_window import MainWindow
from engine.library.queries import PhotoSearch, photo_index
from tests.app.conftest import PLENTY_MS
from tests.app.drawn import DrawnLibrary
from tests.app.pages.photos.hand import PhotosHand

Key = Qt.Key
Settle = Callable[[], None]


def found(drawn: DrawnLibrary, search: PhotoSearch) -> list[int]:
    return sorted(photo_index(drawn.library, search).photo_ids.tolist())


def test_a_name_finds_somebodys_photos(hand: PhotosHand, drawn: DrawnLibrary) -> None:
    hand.search_for("cleo")
    expected = found(drawn, PhotoSearch(everyone=frozenset({drawn.people[2]})))
    assert 0 < len(expected) < len(drawn.photos)
    assert hand.photos() == expected
    assert "Cleo" in hand.told


def test_two_names_find_photos_of_both(hand: PhotosHand, drawn: DrawnLibrary) -> None:
    hand.search_for("ada")
    hand.search_for("cleo")
    both = frozenset({drawn.people[0], drawn.people[2]})
    assert hand.asked.everyone == both
    assert hand.photos() == found(drawn, PhotoSearch(everyone=both))


def test_names_between_commas_are_searched_at_once(hand: PhotosHand, drawn: DrawnLibrary) -> None:
    hand.search_for("cleo, ada,")
    assert hand.asked.everyone == {drawn.people[0], drawn.people[2]}
    assert hand.search.field.text() == ""
    before = hand.asked
    hand.search_for("bo, nobody of that name")
    assert hand.asked == before
    assert hand.told == "No name, year or folder begins with “bo, nobody of that name”."


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("Smith, Ann", [1]),
        ("smith, ann, Bo", [1, 3]),
        ("Bo; Smith, Ann; Ada", [3, 1, 2]),
        ("Ada, Bo", [2, 3]),
        ("Ada, Bon", [4]),
        ("Smi, An", [1]),
        ("Ann, Smi", [1]),
        ("Ada, 2009", [2, -1]),
        (" , ", []),
        ("-", []),
        ("", []),
        ("Ada, Zoe", []),
    ],
)
def test_a_name_may_have_a_comma(typed: str, keys: list[int]) -> None:
    names = {1: "Smith, Ann", 2: "Ada", 3: "Bo", 4: "Ada Bonham", -1: "2009"}
    assert meant_at_once(names, typed) == keys


def test_escape_ends_the_search(hand: PhotosHand, drawn: DrawnLibrary) -> None:
    hand.search_for("bo")
    hand.grid.setFocus()
    hand.press(Key.Key_Escape)
    assert not hand.search.searching
    assert len(hand.photos()) == len(drawn.photos)


def test_enter_opens_a_photo_and_escape_comes_back_to_it(hand: PhotosHand, window: MainWindow) -> None:
    hand.grid.setFocus()
    hand.grid.setCurrentIndex(hand.page.model.index(2))
    photo = hand.grid.current_id()
    hand.press(Key.Key_Return)
    assert hand.here == Place("photo", photo)
    hand.press(Key.Key_Escape)
    assert window.stack.currentWidget() is hand.page
    assert hand.grid.current_id() == photo


def test_what_is_asked_before_it_is_known_is_answered_when_it_is(
    named: DrawnLibrary, window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    gate = threading.Event()
    for lane in (window.context.reads, window.context.thinking):
        lane.call(lambda: gate.wait(PLENTY_MS / 1_000)).start()
    hand = PhotosHand(window, qtbot, settle)
    hand.ask("cleo")
    assert hand.told == "Looking for “cleo”…"
    gate.set()
    settle()
    assert hand.asked == PhotoSearch(everyone=frozenset({drawn.people[2]}))
    assert hand.search.field.text() == ""


def test_names_are_known_while_questions_are_looked_for(
    named: DrawnLibrary, window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    gate = threading.Event()
    window.context.thinking.call(lambda: gate.wait(PLENTY_MS / 1_000)).start()
    hand = PhotosHand(window, qtbot, settle)
    hand.ask("cleo")
    hand.wait_until(lambda: hand.asked.everyone == frozenset({drawn.people[2]}))
    hand.ask("zoe")
    assert hand.told == "Looking for “zoe”…"
    gate.set()
    hand.wait_until(lambda: hand.told.startswith("No name"))
