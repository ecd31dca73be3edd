"""Typing finds people by the beginnings of their names' words."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from app.style.theme import Space
from tests.app.drawn import name_people

Key = Qt.Key


@pytest.fixture
def names():
    """Three people with a name and one group without."""
    return ("Zoë Ångström", "Joanna", "Anna-Maria")


def test_letters_typed_on_the_grid_search(hand):
    hand.type("an")
    assert hand.page.tools.search.text() == "an"
    assert hand.shown() == ["Anna-Maria", "Zoë Ångström"]
    hand.type("g")
    assert hand.shown() == ["Zoë Ångström"]


def test_ctrl_f_searches_and_esc_shows_everybody_again(hand, drawn):
    hand.choose(drawn.people[1])
    hand.press(Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert hand.page.tools.search.hasFocus()
    hand.type("ZOE")
    assert hand.shown() == ["Zoë Ångström"]
    hand.press(Key.Key_Escape)
    assert hand.shown() == ["Anna-Maria", "Joanna", "Zoë Ångström", "Add a name"]
    assert hand.grid.hasFocus()
    assert hand.page.tools.search.text() == ""


def test_esc_on_the_grid_ends_a_search_too(hand):
    hand.type("jo")
    hand.press(Key.Key_Down)
    assert hand.grid.hasFocus()
    assert hand.grid.selected_ids() == hand.people()
    hand.press(Key.Key_Escape)
    assert len(hand.shown()) == 4


def test_nobody_found_says_so_and_offers_everybody(hand):
    hand.type("xy")
    assert hand.page.states.currentWidget() is hand.page.states.not_found
    assert hand.page.states.not_found.headline.text() == "Nobody is called “xy”"
    hand.click_on(hand.page.states.not_found.button)
    assert len(hand.shown()) == 4
    assert hand.page.states.currentWidget() is hand.grid


def test_enter_opens_the_first_that_was_found(hand, drawn):
    hand.type("zo")
    visits = []
    hand.window.context.navigator.leaving.connect(visits.append)
    hand.press(Key.Key_Return)
    here = hand.window.context.navigator.here
    assert (here.page, here.subject) == ("person", drawn.people[0])
    assert visits[0].memory.typed == "zo"


def test_somebody_who_gets_a_name_meanwhile_is_found(hand, drawn):
    hand.type("do")
    assert hand.shown() == []
    name_people(drawn, "Zoë Ångström", "Joanna", "Anna-Maria", "Dora")
    hand.settle()
    assert hand.shown() == ["Dora"]


def test_results_begin_at_the_top(hand):
    hand.window.resize(700, 420)
    hand.page.tools.zoom.setValue(8)
    hand.settle()
    bar = hand.grid.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > Space.HUGE
    hand.type("a")
    assert bar.value() == 0


def test_a_syllable_that_is_being_composed_searches(hand, drawn, settle):
    name_people(drawn, "김수현", "김상호")
    settle()
    hand.press(Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    for composing, found in (("ㄱ", ["김상호", "김수현"]), ("김", ["김상호", "김수현"]), ("김수", ["김수현"])):
        QApplication.sendEvent(hand.page.tools.search, QInputMethodEvent(composing, []))
        settle()
        assert hand.shown() == found
