"""Months with few photos are joined, years stand beside the photos, and two names are said to be wanted both."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtWidgets import QApplication

from app.grid.grid_layout import GridLayout
from app.grid.grid_view import GridView
from app.pages.photos.model import PhotosModel
from app.pages.photos.scrubber import Scrubber
from app.style.theme import Space
from app.widgets.label import Label
from engine.library.changes import Changes
from engine.library.queries import PhotoSearch
from engine.scan.dates import Precision
from tests.app.conftest import PLENTY_MS
from tests.app.drawn import name_people
from tests.app.pages.photos.hand import PhotosHand
from tests.app.pages.photos.test_inexact_dates import index


def shown(*taken: str) -> PhotosModel:
    model = PhotosModel()
    model.show(index(*((at, Precision.SECOND) for at in taken)))
    return model


def test_thin_months_of_a_year_are_joined_and_full_ones_are_not(qapp) -> None:
    full = [f"2012-06-{day:02}" for day in range(20, 15, -1)]
    model = shown("2013-02-01", "2012-12-03", "2012-10-01", *full, "2012-03-02", "2012-01-02")
    assert [(section.title, section.count) for section in model.sections] == [
        ("February 2013", 1),
        ("October – December 2012", 2),
        ("June 2012", 5),
        ("January – March 2012", 2),
    ]


def test_years_are_known_with_their_first_section(qapp) -> None:
    model = shown("2013-02-01", "2012-12-03", "2010-01-01")
    assert model.years() == [("2013", 0), ("2012", 1), ("2010", 2)]
    assert model.ratios.tolist() == [1.0, 1.0, 1.0]


def test_the_scrubber_leads_to_a_year(window, drawn, qtbot, settle):
    hand = PhotosHand(window, qtbot, settle)
    settle()
    scrubber = hand.page.scrubber
    assert isinstance(scrubber, Scrubber)
    assert not scrubber.isVisible(), "all photos are of one year"
    window.resize(700, 360)
    hand.page.zoom.setValue(8)
    scrubber.show_years([("2011", 0), ("2010", 1)])
    settle()
    assert scrubber.isVisible()
    bar = hand.grid.verticalScrollBar()
    qtbot.mousePress(scrubber, Qt.MouseButton.LeftButton, pos=QPoint(10, scrubber.height() - 1))
    assert bar.value() >= 0.9 * bar.maximum() > 0
    assert scrubber.bubble.isVisible()
    assert scrubber.bubble.text().endswith("2010")
    qtbot.mouseRelease(scrubber, Qt.MouseButton.LeftButton)
    assert not scrubber.bubble.isVisible()


def test_keys_lead_along_the_dates_and_the_date_is_heard(window, drawn, qtbot, settle):
    hand = PhotosHand(window, qtbot, settle)
    window.resize(700, 360)
    hand.page.zoom.setValue(8)
    settle()
    scrubber, bar, sections = hand.page.scrubber, hand.grid.verticalScrollBar(), hand.grid.tiles.sections
    assert len(sections) == 2
    scrubber.show_years([("2011", 0), ("2010", 1)])
    settle()
    scrubber.setFocus(Qt.FocusReason.TabFocusReason)
    heard = QAccessible.queryAccessibleInterface(scrubber)
    assert (heard.role(), heard.text(QAccessible.Text.Name)) == (QAccessible.Role.Slider, "Go to a date")

    def press(key: Qt.Key) -> int:
        qtbot.keyClick(scrubber, key)
        assert scrubber.bubble.isVisible()
        assert scrubber.bubble.text() == sections[scrubber.value()].title == heard.text(QAccessible.Text.Description)
        return scrubber.value()

    assert press(Qt.Key.Key_Down) == 1
    assert bar.value() == min(bar.maximum(), hand.grid.tiles.head_rect(1).top())
    assert press(Qt.Key.Key_Up) == 0
    assert press(Qt.Key.Key_PageDown) == 1 == press(Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    assert press(Qt.Key.Key_PageUp) == 0 == press(Qt.Key.Key_Home)
    assert heard.valueInterface().currentValue() == 0
    heard.valueInterface().setCurrentValue(1)
    assert bar.value() == min(bar.maximum(), hand.grid.tiles.head_rect(1).top()) > 0
    press(Qt.Key.Key_Home)
    scrubber.clearFocus()
    assert not scrubber.bubble.isVisible()


def laid_out(grid: GridView, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list of how many photos are laid out, each time that any are."""
    counts: list[int] = []
    lay = grid.make_layout

    def counted(width: int, head: int) -> GridLayout:
        layout = lay(width, head)
        counts.extend([layout.count] * bool(layout.count))
        return layout

    monkeypatch.setattr(grid, "make_layout", counted)
    return counts


def test_photos_are_laid_out_once_also_where_the_years_appear_beside_them(window, drawn, qtbot, settle, monkeypatch):
    with drawn.library.write() as transaction:
        for number, photo in enumerate(drawn.photos):
            day = datetime(2001 + number, 5, 1, tzinfo=UTC).timestamp()
            transaction.connection.exec_driver_sql(f"UPDATE photos SET taken_at = {day * 1e6:.0f} WHERE id = {photo}")
    window.resize(1100, 500)
    settle()
    counts = laid_out(window.page("photos").grid, monkeypatch)
    hand = PhotosHand(window, qtbot, settle)
    settle()
    everything = len(drawn.photos)
    assert hand.page.scrubber.isVisible()
    assert counts == [everything]
    # One is the oldest now, and its file is gone: rows move, and are laid out once.
    with drawn.library.write() as transaction:
        transaction.connection.exec_driver_sql(
            f"UPDATE photos SET state = 'MISSING', taken_at = 0 WHERE id = {drawn.photos[4]}"
        )
        transaction.touched(Changes(photos=frozenset({drawn.photos[4]})))
    settle()
    qtbot.waitUntil(lambda: len(counts) > 1, timeout=PLENTY_MS)
    settle()
    assert len(counts) == 2


def test_the_wheel_scrolls_the_photos_beside_it(window, drawn, qtbot, settle):
    hand = PhotosHand(window, qtbot, settle)
    window.resize(700, 360)
    hand.page.zoom.setValue(8)
    settle()
    scrubber, bar = hand.page.scrubber, hand.grid.verticalScrollBar()
    scrubber.show_years([("2011", 0), ("2010", 1)])
    settle()
    place, over = QPointF(5, 5), scrubber.mapToGlobal(QPointF(5, 5))
    way, phase = QPoint(0, -120), Qt.ScrollPhase.NoScrollPhase
    button, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(scrubber, QWheelEvent(place, over, QPoint(), way, button, keys, phase, False))
    assert bar.value() > 0
    assert scrubber.value() == hand.grid.tiles.section_at(bar.value() + Space.HUGE)


def test_two_names_are_joined_by_a_word(window, drawn, qtbot, settle):
    name_people(drawn, "Ada", "Bo")
    hand = PhotosHand(window, qtbot, settle)
    settle()
    hand.search_for("Ada")
    hand.search_for("Bo")
    words = [label.text() for label in hand.search.chips.findChildren(Label) if label.isVisible()]
    assert words == ["and"]
    assert hand.told.startswith("Photos with Ada and Bo")


def test_nobody_at_all_can_be_asked_for(window, drawn, qtbot, settle):
    hand = PhotosHand(window, qtbot, settle)
    settle()
    hand.search_for("nobody at all")
    assert hand.asked == PhotoSearch(fewest_faces=0, most_faces=0)
    assert hand.photos() == []
