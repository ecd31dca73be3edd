"""The mouse's back button goes back from every page, over whatever the pointer is."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from app.session.navigation import Place
from tests.app.drawn import name_people

BACK, NONE = Qt.MouseButton.BackButton, Qt.KeyboardModifier.NoModifier


def press_over(widget: QWidget) -> None:
    """Press the button as the system tells it: to the window, which finds out what is under the pointer."""
    window = widget.window()
    QTest.mouseClick(window.windowHandle(), BACK, NONE, widget.mapTo(window, QPoint(12, 12)))


@pytest.mark.parametrize("page", ["person", "photos", "unsorted", "settings", "photo", "problems", "history"])
def test_back_over_the_content_of_a_page(page, window, drawn, settle):
    name_people(drawn, "Ada")
    settle()
    subject = {"person": drawn.people[0], "photo": drawn.photos[0]}.get(page)
    window.context.navigator.go(page, subject)
    settle()
    shown = [area.viewport() for area in window.page(page).findChildren(QAbstractScrollArea) if area.isVisible()]
    press_over((shown or [window.page(page)])[0])
    settle()
    assert window.context.navigator.here == Place("people", None)


def test_two_quick_presses_go_back_twice(window, drawn, settle):
    name_people(drawn, "Ada")
    settle()
    window.context.navigator.go("person", drawn.people[0])
    window.context.navigator.go("photo", drawn.photos[0])
    settle()
    place = window.sidebar.mapTo(window, QPoint(12, 12))
    QTest.mouseDClick(window.windowHandle(), BACK, NONE, place)
    settle()
    assert window.context.navigator.here == Place("people", None)
