"""A face that the mouse is on is highlighted on the photo and in the list beside it, whichever of them it is over."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.pages.photo.page import PhotoPage
from app.shell.main_window import MainWindow
from tests.app.conftest import PLENTY_MS
from tests.app.drawn import DrawnLibrary, name_people


@pytest.fixture
def page(window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Callable[[], None]) -> PhotoPage:
    name_people(drawn, "Ada", "Bo")
    window.context.navigator.go("photo", drawn.photos[0])
    shown = window.page("photo")
    assert isinstance(shown, PhotoPage)
    qtbot.waitUntil(lambda: len(shown.canvas.marks) == 4 and shown.canvas.has_image, timeout=PLENTY_MS)
    settle()
    return shown


def colour_at(widget: QWidget, point: QPoint) -> QColor:
    return widget.grab().toImage().pixelColor(point)


def edge_of(page: PhotoPage, face: int) -> QPoint:
    """Where the line around a face runs: the middle of its left side."""
    box = next(mark.box for mark in page.canvas.marks if mark.face == face)
    rect = page.canvas.framing.rect_of(box)
    return QPoint(round(rect.left()), round(rect.center().y()))


def middle_of(page: PhotoPage, face: int) -> QPoint:
    box = next(mark.box for mark in page.canvas.marks if mark.face == face)
    return page.canvas.framing.rect_of(box).center().toPoint()


def ground_of(page: PhotoPage, face: int) -> QColor:
    """The colour of a face's line in the list, in the gap before its picture."""
    line = page.side.list.rect_of(face)
    return colour_at(page.side.list.viewport(), QPoint(line.left() + 4, line.center().y()))


def test_over_the_photo(page: PhotoPage, qtbot: QtBot) -> None:
    first, second = (mark.face for mark in page.canvas.marks[:2])
    accent = page.palette().color(QPalette.ColorRole.Highlight)
    plain = ground_of(page, second)
    qtbot.mouseMove(page.canvas, middle_of(page, second))
    qtbot.waitUntil(lambda: colour_at(page.canvas, edge_of(page, second)) == accent, timeout=PLENTY_MS)
    assert colour_at(page.canvas, edge_of(page, first)) != accent
    assert ground_of(page, second) != plain
    assert ground_of(page, first) == plain
    qtbot.mouseMove(page.canvas, QPoint(2, 2))
    qtbot.waitUntil(lambda: colour_at(page.canvas, edge_of(page, second)) != accent, timeout=PLENTY_MS)
    assert ground_of(page, second) == plain


def test_over_the_list(page: PhotoPage, qtbot: QtBot) -> None:
    second = page.canvas.marks[1].face
    accent = page.palette().color(QPalette.ColorRole.Highlight)
    qtbot.mouseMove(page.side.list.viewport(), page.side.list.rect_of(second).center())
    qtbot.waitUntil(lambda: colour_at(page.canvas, edge_of(page, second)) == accent, timeout=PLENTY_MS)
