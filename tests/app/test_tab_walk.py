"""Tab leads to everything on every page that takes the focus, forwards and backwards."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from app.shell.main_window import MainWindow
from app.shell.pages import PAGES
from tests.app.drawn import DrawnLibrary, name_people
from tests.app.test_accessibility import subject_of, takes_focus

STEPS = 150
"""More than any page has widgets, and the faces of a photo that Tab walks through."""


def awaited(page: QWidget) -> set[QWidget]:
    """What Tab should reach; of radio buttons that belong together it reaches one."""
    return {
        widget
        for widget in page.findChildren(QWidget)
        if takes_focus(widget)
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (isinstance(widget, QRadioButton) and not widget.isChecked())
    }


def reached(window: MainWindow, qtbot: QtBot, key: Qt.Key) -> set[QWidget]:
    found = set()
    for _ in range(STEPS):
        focused = QApplication.focusWidget()
        assert focused is not None
        found.add(focused)
        qtbot.keyClick(focused, key)
    return found


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Backtab])
@pytest.mark.parametrize("name", list(PAGES))
def test_tab_reaches_everything(
    key: Qt.Key, name: str, window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    name_people(drawn, "Ada", "Bo", "Cleo", "Dora")
    settle()
    window.context.navigator.go(name, subject_of(name, drawn))
    settle()
    window.activateWindow()
    left = awaited(window.page(name)) - reached(window, qtbot, key)
    assert [QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name) for widget in left] == []
