"""A face that the mouse is on is highlighted on the photo and in the list beside it, whichever of them it is over."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QWidget

from tests.app.drawn import DrawnLibrary, name_people
from tests.app.pages.photo.hand import PhotoHand


@pytest.fixture
def hand(hand: PhotoHand, drawn: DrawnLibrary) -> PhotoHand:
    """Of people with names: the line around whoever has none is dashed."""
    name_people(drawn, "Ada", "Bo")
    hand.settle()
    return hand


def colour_at(widget: QWidget, point: QPoint) -> QColor:
    return widget.grab().toImage().pixelColor(point)


def edge_of(hand: PhotoHand, face: int) -> QPoint:
    """Where the line around a face runs: the middle of its left side."""
    rect = hand.canvas.framing.rect_of(hand.box_of(face))
    return QPoint(round(rect.left()), round(rect.center().y()))


def ground_of(hand: PhotoHand, face: int) -> QColor:
    """The colour of a face's line in the list, in the gap before its picture."""
    line = hand.page.side.list.rect_of(face)
    return colour_at(hand.page.side.list.viewport(), QPoint(line.left() + 4, line.center().y()))


def test_over_the_photo(hand: PhotoHand) -> None:
    first, second = hand.faces()[:2]
    accent = hand.page.palette().color(QPalette.ColorRole.Highlight)
    plain = ground_of(hand, second)
    hand.qtbot.mouseMove(hand.canvas, hand.middle_of(second))
    hand.wait_until(lambda: colour_at(hand.canvas, edge_of(hand, second)) == accent)
    assert colour_at(hand.canvas, edge_of(hand, first)) != accent
    assert ground_of(hand, second) != plain
    assert ground_of(hand, first) == plain
    hand.qtbot.mouseMove(hand.canvas, QPoint(2, 2))
    hand.wait_until(lambda: colour_at(hand.canvas, edge_of(hand, second)) != accent)
    assert ground_of(hand, second) == plain


def test_over_the_list(hand: PhotoHand) -> None:
    second = hand.faces()[1]
    accent = hand.page.palette().color(QPalette.ColorRole.Highlight)
    hand.qtbot.mouseMove(hand.page.side.list.viewport(), hand.page.side.list.rect_of(second).center())
    hand.wait_until(lambda: colour_at(hand.canvas, edge_of(hand, second)) == accent)
