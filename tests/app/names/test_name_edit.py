"""A name is given exactly as typed, unless one that is known was chosen."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.names.name_edit import NameEdit
from app.names.name_offers import NameOffers, offers_place
from tests.app.conftest import PLENTY_MS

Key = Qt.Key


@pytest.fixture
def field(qtbot: QtBot, dressed: QApplication) -> Iterator[NameEdit]:
    window = QWidget()
    made = NameEdit()
    QVBoxLayout(window).addWidget(made)
    qtbot.addWidget(window)
    window.resize(400, 400)
    with qtbot.waitExposed(window, timeout=PLENTY_MS):
        window.show()
    window.activateWindow()
    made.setFocus()
    made.set_names({7: "Annabel", 3: "Anna", 5: "Jo Ann", 9: "René", 4: "Anna"})
    yield made
    window.close()


@pytest.fixture
def given(field: NameEdit) -> list[tuple[str, int | None]]:
    answers: list[tuple[str, int | None]] = []
    field.named.connect(lambda name: answers.append((name, field.chosen)))
    return answers


def offers_of(field: NameEdit) -> NameOffers:
    found = field.window().findChild(NameOffers)
    assert isinstance(found, NameOffers)
    return found


def test_a_name_that_begins_another_is_given_as_typed(
    qtbot: QtBot, field: NameEdit, given: list[tuple[str, int | None]]
) -> None:
    qtbot.keyClicks(field, "Ann")
    assert field.text() == "Ann"
    assert field.offered == ["Annabel", "Anna", "Anna", "Jo Ann"]
    qtbot.keyClick(field, Key.Key_Return)
    assert given == [("Ann", None)]
    assert field.offered == []


def test_an_entry_chosen_with_the_arrow_keys_is_given_and_the_text_stays_until_then(
    qtbot: QtBot, field: NameEdit, given: list[tuple[str, int | None]]
) -> None:
    qtbot.keyClicks(field, "ann")
    qtbot.keyClick(field, Key.Key_Down)
    qtbot.keyClick(field, Key.Key_Down)
    assert (field.text(), field.answer(), field.chosen) == ("ann", "Anna", 3)
    qtbot.keyClick(field, Key.Key_Return)
    assert given == [("Anna", 3)]


def test_going_past_the_last_entry_or_typing_on_gives_what_is_typed(
    qtbot: QtBot, field: NameEdit, given: list[tuple[str, int | None]]
) -> None:
    qtbot.keyClicks(field, "re")
    qtbot.keyClick(field, Key.Key_Down)
    assert field.answer() == "René"
    qtbot.keyClick(field, Key.Key_Down)
    assert field.answer() == "re"
    qtbot.keyClick(field, Key.Key_Up)
    assert field.answer() == "René"
    qtbot.keyClicks(field, "n")
    qtbot.keyClick(field, Key.Key_Enter)
    assert given == [("ren", None)]


def test_a_click_on_an_entry_gives_it(qtbot: QtBot, field: NameEdit, given: list[tuple[str, int | None]]) -> None:
    qtbot.keyClicks(field, "jo")
    offers = offers_of(field)
    place = offers.visualItemRect(offers.item(0)).center()
    assert offers.geometry().top() >= field.mapTo(field.window(), QPoint(0, field.height())).y()
    qtbot.mouseClick(offers.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert given == [("Jo Ann", 5)]
    assert field.hasFocus()


def test_esc_forgets_the_choice_first_and_gives_up_then(qtbot: QtBot, field: NameEdit) -> None:
    ends: list[str] = []
    field.cancelled.connect(lambda: ends.append("cancelled"))
    qtbot.keyClicks(field, "ann")
    qtbot.keyClick(field, Key.Key_Down)
    qtbot.keyClick(field, Key.Key_Escape)
    assert (ends, field.chosen, field.offered) == ([], None, [])
    qtbot.keyClick(field, Key.Key_Escape)
    assert ends == ["cancelled"]


def test_down_in_an_empty_field_offers_the_likeliest(qtbot: QtBot, field: NameEdit) -> None:
    qtbot.keyClick(field, Key.Key_Down)
    assert field.offered == ["Annabel", "Anna", "Jo Ann", "René", "Anna"]
    assert field.answer() == "Annabel"
    assert field.text() == ""


def test_the_names_go_with_the_field(qtbot: QtBot, field: NameEdit) -> None:
    qtbot.keyClicks(field, "ann")
    offers = offers_of(field)
    assert offers.isVisible()
    field.hide()
    assert not offers.isVisible()
    field.deleteLater()
    qtbot.waitUntil(lambda: not isValid(offers), timeout=PLENTY_MS)


ROOM = QSize(800, 600)
LINE = 20


@pytest.mark.parametrize(
    ("field", "lines", "place"),
    [
        (QRect(100, 100, 150, 24), 8, QRect(100, 128, 200, 160)),
        (QRect(700, 100, 150, 24), 8, QRect(600, 128, 200, 160)),
        (QRect(100, 500, 150, 24), 8, QRect(100, 528, 200, 60)),
        (QRect(100, 550, 150, 24), 8, QRect(254, 414, 200, 160)),
        (QRect(500, 550, 150, 24), 8, QRect(296, 414, 200, 160)),
        (QRect(100, 550, 150, 24), 1, QRect(100, 578, 200, 20)),
        (QRect(10, 550, 780, 24), 8, QRect(10, 386, 780, 160)),
    ],
    ids=["below", "inside the window", "fewer below", "right of it", "left of it", "one fits", "above a wide field"],
)
def test_names_lie_where_they_hide_as_little_as_possible(field: QRect, lines: int, place: QRect) -> None:
    whole = QSize(max(200, field.width()), lines * LINE)
    assert offers_place(field, whole, LINE, ROOM) == place


def test_a_field_at_the_foot_of_the_window_shows_the_names_above(qtbot: QtBot, field: NameEdit) -> None:
    layout = field.window().layout()
    assert isinstance(layout, QVBoxLayout)
    layout.insertStretch(0)
    layout.activate()
    assert field.y() > 200
    qtbot.keyClicks(field, "ann")
    assert offers_of(field).geometry().bottom() < field.y()
