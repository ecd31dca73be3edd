"""A person is opened from the grid; on the way back everything is as it was left."""

import pytest
from PySide6.QtCore import Qt

from app.session.navigation import Place
from tests.app.drawn import name_people
from tests.app.hand import LEFT, NONE

Key = Qt.Key


@pytest.fixture
def names():
    return ("Ada", "Bo", "Cleo")


@pytest.fixture
def hand(hand):
    """In a small window, with large faces."""
    hand.window.resize(700, 420)
    hand.page.tools.zoom.setValue(8)
    hand.settle()
    return hand


def test_enter_opens_and_esc_comes_back_to_the_same_place(hand, drawn):
    hand.choose(drawn.people[2])
    offset = hand.grid.verticalScrollBar().value()
    assert offset > 0
    hand.press(Key.Key_Return)
    assert hand.here == Place("person", drawn.people[2])
    hand.qtbot.keyClick(hand.window, Key.Key_Escape)
    hand.settle()
    assert hand.here == Place("people")
    assert hand.grid.verticalScrollBar().value() == offset
    assert hand.grid.selected_ids() == [drawn.people[2]]
    assert hand.grid.current_id() == drawn.people[2]
    assert hand.grid.hasFocus()


def test_enter_asks_for_a_name_where_there_is_none_and_ctrl_enter_opens(hand, drawn):
    hand.choose(drawn.people[3])
    hand.press(Key.Key_Return)
    assert hand.page.naming.person == drawn.people[3]
    hand.press(Key.Key_Escape)
    hand.press(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert hand.here == Place("person", drawn.people[3])


def test_a_double_click_on_the_face_opens(hand, drawn):
    place = hand.circle(drawn.people[3])
    hand.qtbot.mouseClick(hand.grid.viewport(), LEFT, NONE, place)
    hand.qtbot.mouseDClick(hand.grid.viewport(), LEFT, NONE, place)
    hand.settle()
    assert hand.here == Place("person", drawn.people[3])


def test_a_search_is_there_again_on_the_way_back(hand, drawn):
    hand.type("cl")
    hand.press(Key.Key_Return)
    assert hand.here == Place("person", drawn.people[2])
    hand.window.context.navigator.back()
    hand.settle()
    assert hand.shown() == ["Cleo"]
    assert hand.page.tools.search.text() == "cl"


def test_what_changed_meanwhile_is_seen_on_the_way_back(hand, drawn):
    hand.choose(drawn.people[0])
    hand.press(Key.Key_Return)
    name_people(drawn, "Ada Lovelace")
    hand.settle()
    assert hand.shown()[0] == "Ada", "out of sight nothing is read"
    hand.window.context.navigator.back()
    hand.settle()
    assert hand.shown()[0] == "Ada Lovelace"
