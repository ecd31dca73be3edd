"""Faces grow and shrink by wheel, key and slider, and the size is remembered."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from app.pages.people.head import SIDES, USUAL_SIDE
from app.pages.people.page import PeoplePage
from tests.app.pages.people.hand import PeopleHand

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def turn(hand: PeopleHand, notches: int) -> None:
    view = hand.grid.viewport()
    place = QPointF(view.rect().center())
    wheel = QWheelEvent(
        place,
        QPointF(view.mapToGlobal(place.toPoint())),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        CTRL,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, wheel)


def side_of(hand: PeopleHand) -> int:
    return hand.grid.visualRect(hand.model.index(0)).width()


def test_keys_go_size_by_size_and_back_to_the_usual_one(hand):
    assert side_of(hand) == USUAL_SIDE
    hand.press(Key.Key_Plus, CTRL)
    assert side_of(hand) == SIDES[SIDES.index(USUAL_SIDE) + 1]
    for _ in range(20):
        hand.press(Key.Key_Minus, CTRL)
    assert side_of(hand) == SIDES[0] == 72
    for _ in range(20):
        hand.press(Key.Key_Equal, CTRL)
    assert side_of(hand) == SIDES[-1] == 260
    hand.press(Key.Key_0, CTRL)
    assert side_of(hand) == USUAL_SIDE


def test_ctrl_and_the_wheel(hand):
    turn(hand, 1)
    assert side_of(hand) > USUAL_SIDE
    turn(hand, -1)
    turn(hand, -1)
    assert side_of(hand) < USUAL_SIDE


def test_the_slider_is_reached_by_keys(hand):
    hand.page.tools.zoom.setFocus()
    hand.press(Key.Key_End)
    assert side_of(hand) == SIDES[-1]


def test_the_size_is_remembered(hand, context, qtbot, settle):
    hand.page.tools.zoom.setValue(0)
    again = PeoplePage(context)
    qtbot.addWidget(again)
    again.enter(None, None)
    settle()
    assert again.tools.zoom.side == SIDES[0]
    assert again.grid.visualRect(again.model.index(0)).width() == SIDES[0]
