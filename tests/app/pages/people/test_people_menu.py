"""What can be done with people is in a menu, by mouse and by key, and says what it is about."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu

from tests.app.conftest import opened_window
from tests.app.drawn import name_people
from tests.app.pages.people.hand import PeopleHand

Key = Qt.Key


@pytest.fixture
def hand(context, drawn, qtbot, settle):
    name_people(drawn, "Ada", "Bo")
    with opened_window(context, qtbot) as window:
        yield PeopleHand(window, qtbot, settle)


def open_menu(hand: PeopleHand, reason: QContextMenuEvent.Reason, person: int | None = None) -> QMenu:
    view = hand.grid.viewport()
    place = hand.circle(person) if person is not None else view.rect().bottomRight()
    QApplication.sendEvent(view, QContextMenuEvent(reason, place, view.mapToGlobal(place)))
    menus = [menu for menu in hand.page.findChildren(QMenu) if menu.isVisible()]
    assert len(menus) == 1
    return menus[0]


def texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.isVisible() and not action.isSeparator()]


def close(hand: PeopleHand, menu: QMenu) -> None:
    menu.close()
    hand.settle()


def test_by_mouse_on_a_named_person(hand, drawn):
    hand.choose(drawn.people[0])
    menu = open_menu(hand, QContextMenuEvent.Reason.Mouse, drawn.people[0])
    assert texts(menu) == ["Open", "Rename", "More faces", "Hide"]
    close(hand, menu)


def test_by_key_on_somebody_without_a_name(hand, drawn):
    hand.choose(drawn.people[2])
    menu = open_menu(hand, QContextMenuEvent.Reason.Keyboard)
    assert texts(menu) == ["Open", "Who is this?", "More faces", "Hide"]
    hand.qtbot.keyClick(menu, Key.Key_Down)
    hand.qtbot.keyClick(menu, Key.Key_Down)
    hand.qtbot.keyClick(menu, Key.Key_Return)
    hand.settle()
    assert hand.page.naming.person == drawn.people[2]


def test_on_several_people(hand, drawn):
    hand.choose(drawn.people[0], drawn.people[1], drawn.people[2])
    menu = open_menu(hand, QContextMenuEvent.Reason.Keyboard)
    assert texts(menu) == ["Merge…", "Hide 3 people"]
    close(hand, menu)


def test_the_keys_of_the_page_are_listed(hand):
    keys = dict(hand.page.keys())
    assert {"F2", "M", "Ctrl++", "Ctrl+N"} <= set(keys)
    assert all(keys.values())
