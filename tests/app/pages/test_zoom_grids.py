"""Ctrl and the wheel enlarge photos and faces; all grids of faces have one size, which is remembered."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.grid.grid_view import GridView
from app.shell.main_window import MainWindow
from tests.app.drawn import DrawnLibrary, name_people
from tests.app.pages.person.hand import PersonHand
from tests.app.pages.unsorted.hand import UnsortedHand

Settle = Callable[[], None]
CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


def turn(grid: GridView, notches: int, keys: Qt.KeyboardModifier) -> None:
    view = grid.viewport()
    place = QPointF(view.rect().center())
    over = QPointF(view.mapToGlobal(place.toPoint()))
    button, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    way = QPoint(0, 120 if notches > 0 else -120)
    for _ in range(abs(notches)):
        QApplication.sendEvent(view, QWheelEvent(place, over, QPoint(), way, button, keys, phase, False))


def side_of(grid: GridView) -> int:
    return grid.visualRect(grid.model().index(0, 0)).width()


def test_on_photos(window: MainWindow, drawn: DrawnLibrary, settle: Settle) -> None:
    window.context.navigator.go("photos")
    settle()
    page = window.page("photos")
    grid = page.grid  # type: ignore[attr-defined]  # the page has one
    usual = side_of(grid)
    # Rows are filled from edge to edge: photos grow when one fewer fits into a row.
    turn(grid, 4, CTRL)
    assert side_of(grid) > usual
    turn(grid, -8, CTRL)
    smaller = side_of(grid)
    assert smaller < usual
    turn(grid, -1, NONE)
    assert side_of(grid) == smaller, "without Ctrl the wheel scrolls"


def test_on_faces_of_a_person_and_of_nobody(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    name_people(drawn, "Ada")
    grid = PersonHand(window, qtbot, settle, drawn.people[0]).grid
    usual = side_of(grid)
    turn(grid, 3, CTRL)
    larger = side_of(grid)
    assert larger > usual
    others = UnsortedHand(window, qtbot, settle).grid
    assert side_of(others) == larger
    turn(others, -30, CTRL)
    assert side_of(others) == 64, "they stay large enough to be recognised"
