"""F1 or ? lists every key: those of the window, and those that each page tells of itself."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from app.pages.keys import KeysPage
from app.shell.main_window import MainWindow
from tests.app.conftest import PLENTY_MS


@pytest.fixture
def front(window: MainWindow, qtbot: QtBot) -> MainWindow:
    with qtbot.waitActive(window, timeout=PLENTY_MS):
        window.come_forward()
    return window


def listed(page: KeysPage) -> dict[str, dict[str, str]]:
    """Return meaning by key, for each section."""
    found: dict[str, dict[str, str]] = {}
    for place in range(page.list.topLevelItemCount()):
        section = page.list.topLevelItem(place)
        lines = [section.child(row) for row in range(section.childCount())]
        found[section.text(0)] = {line.text(0): line.text(1) for line in lines}
    return found


@pytest.mark.parametrize("key", [Qt.Key.Key_F1, Qt.Key.Key_Question])
def test_every_key_is_listed(front: MainWindow, qtbot: QtBot, key: Qt.Key) -> None:
    qtbot.keyClick(front, key)
    page = front.page("keys")
    assert isinstance(page, KeysPage)
    assert page.isVisible()
    qtbot.waitUntil(lambda: "History" in listed(page), timeout=PLENTY_MS)
    sections = listed(page)
    assert sections["Everywhere"]["F5"] == "Scan all folders"
    assert sections["Everywhere"]["F1, ?"] == "Manual and keys"
    assert sections["Everywhere"]["Ctrl+Z"] == "Undo"
    assert sections["Everywhere"]["Ctrl+1"] == "People"
    assert sections["Review"]["Y or Enter"] == "Yes"
    assert all(meaning for lines in sections.values() for meaning in lines.values())


def test_no_key_has_two_meanings_on_one_page(front: MainWindow, qtbot: QtBot) -> None:
    front.context.navigator.go("keys")
    page = front.page("keys")
    assert isinstance(page, KeysPage)
    qtbot.waitUntil(lambda: "History" in listed(page), timeout=PLENTY_MS)
    sections = listed(page)
    everywhere = sections.pop("Everywhere")
    for title, lines in sections.items():
        both = {key for key in lines if key.startswith("Ctrl") and everywhere.get(key, lines[key]) != lines[key]}
        assert not both, f"{both} of {title} mean something else everywhere"


def test_the_list_can_be_read_aloud_and_left(front: MainWindow, qtbot: QtBot) -> None:
    front.context.navigator.go("keys")
    page = front.page("keys")
    assert isinstance(page, KeysPage)
    assert page.list.hasFocus()
    assert QAccessible.queryAccessibleInterface(page.list).text(QAccessible.Text.Name) == "All keys"
    line = page.list.topLevelItem(0).child(0)
    assert line.data(0, Qt.ItemDataRole.AccessibleTextRole) == f"{line.text(0)}: {line.text(1)}"
    qtbot.keyClick(page.list, Qt.Key.Key_Escape)
    assert front.context.navigator.here is not None
    assert front.context.navigator.here.page == "people"
