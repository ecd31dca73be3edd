"""What the system has nothing to open with is said; the platform of these tests has nothing at all."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.pages.settings.page import SettingsPage
from app.shell.main_window import MainWindow
from tests.app.conftest import PLENTY_MS
from tests.app.drawn import DrawnLibrary


def test_no_viewer(window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Callable[[], None]) -> None:
    settle()
    window.context.navigator.go("photo", drawn.photos[0])
    settle()
    qtbot.keyClick(window.page("photo"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(window.messages.isVisible, timeout=PLENTY_MS)
    assert "photo000.png" in window.messages.text.text()
    assert "Open it yourself" in window.messages.text.text()


def test_no_file_manager(window: MainWindow, qtbot: QtBot, settle: Callable[[], None]) -> None:
    settle()
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    page.data_button.click()
    assert str(window.context.places.data) in window.messages.text.text()
