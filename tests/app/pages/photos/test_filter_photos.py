"""Photos are narrowed down by chips and filters: A but not B, exactly these, number of faces, year, folder."""

from collections.abc import Callable
from datetime import datetime

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.pages.photos.page import PhotosPage
from app.shell.main_window import MainWindow
from engine.library.queries import PhotoSearch, photo_index
from tests.app.conftest import PLENTY_MS, widget_named
from tests.app.drawn import DrawnLibrary, name_people

Key = Qt.Key
Settle = Callable[[], None]


@pytest.fixture
def page(window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle) -> PhotosPage:
    name_people(drawn, "Ada", "Bo", "Cleo", "Dora")
    settle()
    qtbot.keyClick(window, Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    shown = window.page("photos")
    assert isinstance(shown, PhotosPage)
    qtbot.waitUntil(lambda: len(shown.model.ids) == len(drawn.photos), timeout=PLENTY_MS)
    window.activateWindow()
    click(shown.search.more, qtbot)
    settle()
    return shown


def click(widget: QWidget, qtbot: QtBot) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def shown_is(page: PhotosPage, drawn: DrawnLibrary, settle: Settle, search: PhotoSearch) -> bool:
    """Say whether the page shows what the library finds, which is neither nothing nor everything."""
    settle()
    expected = sorted(photo_index(drawn.library, search).photo_ids.tolist())
    assert 0 < len(expected) < len(drawn.photos)
    return sorted(page.model.ids.tolist()) == expected


def search_for(page: PhotosPage, qtbot: QtBot, settle: Settle, name: str) -> None:
    qtbot.keyClick(page.window(), Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(page.search.field, name)
    qtbot.keyClick(page.search.field, Key.Key_Return)
    settle()


def pick(box: QComboBox, text: str, qtbot: QtBot) -> None:
    """Open a box and choose a line of it with the keys."""
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
    box.view().setCurrentIndex(box.model().index(box.findText(text), 0))
    qtbot.keyClick(box.view(), Key.Key_Return)


def test_a_click_on_a_chip_turns_with_into_without(
    page: PhotosPage, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    search_for(page, qtbot, settle, "dora")
    chip = widget_named(page.search.chips, "Dora")
    assert isinstance(chip, QPushButton)
    click(chip, qtbot)
    assert shown_is(page, drawn, settle, PhotoSearch(nobody_of=frozenset({drawn.people[3]})))
    assert widget_named(page.search.chips, "without Dora").isVisible()


def test_the_cross_of_a_chip_takes_it_away(page: PhotosPage, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle) -> None:
    search_for(page, qtbot, settle, "dora")
    search_for(page, qtbot, settle, "cleo")
    click(widget_named(page.search.chips, "Take away: Dora"), qtbot)
    assert shown_is(page, drawn, settle, PhotoSearch(everyone=frozenset({drawn.people[2]})))


def test_exactly_these(page: PhotosPage, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle) -> None:
    assert not page.search.filters.exactly.isEnabled()
    search_for(page, qtbot, settle, "ada")
    qtbot.keyClick(page.search.filters.exactly, Key.Key_Space)
    assert shown_is(page, drawn, settle, PhotoSearch(everyone=frozenset({drawn.people[0]}), exactly=True))


def test_a_number_of_faces(page: PhotosPage, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle) -> None:
    fewest = page.search.filters.fewest
    fewest.selectAll()
    qtbot.keyClicks(fewest, "4")
    qtbot.keyClick(fewest, Key.Key_Return)
    assert shown_is(page, drawn, settle, PhotoSearch(fewest_faces=4))


def test_days_and_a_year(page: PhotosPage, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle) -> None:
    filters = page.search.filters
    # The photos were taken a week apart from the first of May on.
    filters.until.setFocus()
    filters.until.setDate(QDate(2010, 5, 20))
    assert page.search.search.until is not None
    assert shown_is(page, drawn, settle, page.search.search)
    pick(filters.year, "2010", qtbot)
    settle()
    assert len(page.model.ids) == len(drawn.photos)
    assert "2010" in page.search.said.text()


def test_days_are_typed(page: PhotosPage, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle) -> None:
    until = page.search.filters.until
    assert until.text() == "To"
    until.setFocus(Qt.FocusReason.TabFocusReason)
    assert until.date() == QDate(2010, 12, 31), "the last year with photos"
    assert page.search.search == PhotoSearch(), "nothing is chosen yet"
    until.setSelectedSection(until.sectionAt(0))
    qtbot.keyClicks(until, until.locale().toString(QDate(2010, 5, 20), until.displayFormat()))
    qtbot.keyClick(until, Key.Key_Return)
    assert page.search.search.until == datetime(2010, 5, 21)  # noqa: DTZ001 a camera's clock has no zone
    assert shown_is(page, drawn, settle, page.search.search)


def test_a_day_that_is_not_chosen_stays_open(page: PhotosPage, qtbot: QtBot, settle: Settle) -> None:
    since = page.search.filters.since
    since.setFocus(Qt.FocusReason.TabFocusReason)
    settle()
    qtbot.keyClick(since, Key.Key_Tab)
    assert since.text() != "From", "Tab goes on to the next part of the date"
    page.grid.setFocus()
    assert since.text() == "From"
    assert page.search.search == PhotoSearch()


def test_the_calendar_opens_at_the_first_photos(page: PhotosPage, qtbot: QtBot, settle: Settle) -> None:
    since = page.search.filters.since
    since.setFocus(Qt.FocusReason.MouseFocusReason)
    qtbot.mousePress(since, Qt.MouseButton.LeftButton, pos=QPoint(since.width() - 8, since.height() // 2))
    calendar = since.calendarWidget()
    qtbot.waitUntil(calendar.isVisible, timeout=PLENTY_MS)
    assert (calendar.yearShown(), calendar.monthShown()) == (2010, 1)
    calendar.activated.emit(QDate(2010, 1, 1))
    calendar.window().close()
    settle()
    assert page.search.search.since == datetime(2010, 1, 1)  # noqa: DTZ001 a camera's clock has no zone


def test_a_folder(page: PhotosPage, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle) -> None:
    pick(page.search.filters.place, drawn.folder.name, qtbot)
    settle()
    assert page.search.search.folder_id == drawn.folder_id
    assert len(page.model.ids) == len(drawn.photos)
    click(page.search.clear_button, qtbot)
    settle()
    assert not page.search.searching
