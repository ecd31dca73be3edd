"""Photos are narrowed down by chips and filters: A but not B, exactly these, number of faces, year, folder."""

from collections.abc import Callable
from datetime import datetime

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from engine.library.queries import PhotoSearch, photo_index
from tests.app.conftest import widget_named
from tests.app.drawn import DrawnLibrary
from tests.app.pages.photos.hand import PhotosHand

Key = Qt.Key
Settle = Callable[[], None]


@pytest.fixture
def names() -> tuple[str, ...]:
    return ("Ada", "Bo", "Cleo", "Dora")


@pytest.fixture
def hand(hand: PhotosHand) -> PhotosHand:
    """With all filters in sight."""
    hand.click_on(hand.search.more)
    return hand


def shown_is(hand: PhotosHand, drawn: DrawnLibrary, search: PhotoSearch) -> bool:
    """Say whether the page shows what the library finds, which is neither nothing nor everything."""
    hand.settle()
    expected = sorted(photo_index(drawn.library, search).photo_ids.tolist())
    assert 0 < len(expected) < len(drawn.photos)
    return hand.photos() == expected


def test_a_click_on_a_chip_turns_with_into_without(hand: PhotosHand, drawn: DrawnLibrary) -> None:
    hand.search_for("dora")
    chip = widget_named(hand.search.chips, "Dora")
    assert isinstance(chip, QPushButton)
    hand.click_on(chip)
    assert shown_is(hand, drawn, PhotoSearch(nobody_of=frozenset({drawn.people[3]})))
    assert widget_named(hand.search.chips, "without Dora").isVisible()


def test_the_cross_of_a_chip_takes_it_away(hand: PhotosHand, drawn: DrawnLibrary) -> None:
    hand.search_for("dora")
    hand.search_for("cleo")
    hand.click_on(widget_named(hand.search.chips, "Take away: Dora"))
    assert shown_is(hand, drawn, PhotoSearch(everyone=frozenset({drawn.people[2]})))


def test_exactly_these(hand: PhotosHand, drawn: DrawnLibrary, qtbot: QtBot) -> None:
    assert not hand.search.filters.exactly.isEnabled()
    hand.search_for("ada")
    qtbot.keyClick(hand.search.filters.exactly, Key.Key_Space)
    assert shown_is(hand, drawn, PhotoSearch(everyone=frozenset({drawn.people[0]}), exactly=True))


def test_a_number_of_faces(hand: PhotosHand, drawn: DrawnLibrary, qtbot: QtBot) -> None:
    fewest = hand.search.filters.fewest
    fewest.selectAll()
    qtbot.keyClicks(fewest, "4")
    qtbot.keyClick(fewest, Key.Key_Return)
    assert shown_is(hand, drawn, PhotoSearch(fewest_faces=4))


def test_days_and_a_year(hand: PhotosHand, drawn: DrawnLibrary) -> None:
    filters = hand.search.filters
    # The photos were taken a week apart from the first of May on.
    filters.until.setFocus()
    filters.until.setDate(QDate(2010, 5, 20))
    assert hand.asked.until is not None
    assert shown_is(hand, drawn, hand.asked)
    hand.pick(filters.year, "2010")
    assert len(hand.photos()) == len(drawn.photos)
    assert "2010" in hand.told


def test_days_are_typed(hand: PhotosHand, drawn: DrawnLibrary, qtbot: QtBot) -> None:
    until = hand.search.filters.until
    assert until.text() == "To"
    until.setFocus(Qt.FocusReason.TabFocusReason)
    assert until.date() == QDate(2010, 12, 31), "the last year with photos"
    assert hand.asked == PhotoSearch(), "nothing is chosen yet"
    until.setSelectedSection(until.sectionAt(0))
    qtbot.keyClicks(until, until.locale().toString(QDate(2010, 5, 20), until.displayFormat()))
    qtbot.keyClick(until, Key.Key_Return)
    assert hand.asked.until == datetime(2010, 5, 21)  # noqa: DTZ001 a camera's clock has no zone
    assert shown_is(hand, drawn, hand.asked)


def test_a_day_that_is_not_chosen_stays_open(hand: PhotosHand, qtbot: QtBot, settle: Settle) -> None:
    since = hand.search.filters.since
    since.setFocus(Qt.FocusReason.TabFocusReason)
    settle()
    qtbot.keyClick(since, Key.Key_Tab)
    assert since.text() != "From", "Tab goes on to the next part of the date"
    hand.grid.setFocus()
    assert since.text() == "From"
    assert hand.asked == PhotoSearch()


def test_the_calendar_opens_at_the_first_photos(hand: PhotosHand, qtbot: QtBot, settle: Settle) -> None:
    since = hand.search.filters.since
    since.setFocus(Qt.FocusReason.MouseFocusReason)
    qtbot.mousePress(since, Qt.MouseButton.LeftButton, pos=QPoint(since.width() - 8, since.height() // 2))
    calendar = since.calendarWidget()
    hand.wait_until(calendar.isVisible)
    assert (calendar.yearShown(), calendar.monthShown()) == (2010, 1)
    calendar.activated.emit(QDate(2010, 1, 1))
    calendar.window().close()
    settle()
    assert hand.asked.since == datetime(2010, 1, 1)  # noqa: DTZ001 a camera's clock has no zone


def test_a_folder(hand: PhotosHand, drawn: DrawnLibrary) -> None:
    hand.pick(hand.search.filters.place, drawn.folder.name)
    assert hand.asked.folder_id == drawn.folder_id
    assert len(hand.photos()) == len(drawn.photos)
    hand.click_on(hand.search.clear_button)
    assert not hand.search.searching
