"""Settings are saved as they are changed."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.pages.settings.page import SettingsPage
from app.shell.main_window import MainWindow
from engine.settings import load_settings
from tests.app.conftest import PLENTY_MS

Settle = Callable[[], None]


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot, settle: Settle) -> SettingsPage:
    settle()
    qtbot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    shown = window.page("settings")
    assert isinstance(shown, SettingsPage)
    qtbot.waitUntil(lambda: shown.form.embedder.count() > 0, timeout=PLENTY_MS)
    return shown


def test_what_is_in_use_is_shown_with_its_licence(page: SettingsPage) -> None:
    assert page.form.detector.currentText() == "yunet_2023mar"
    assert page.form.embedder.currentText() == "sface_2021dec"
    words = [page.models.list.topLevelItem(row).text(3) for row in range(page.models.list.topLevelItemCount())]
    assert {"MIT", "Apache-2.0"} <= set(words)
    assert page.models.fetch_button.isEnabled(), "a model that is not here can be fetched"
    assert "0." in page.likely.text()


def test_a_change_is_saved_and_used(page: SettingsPage, window: MainWindow, qtbot: QtBot, settle: Settle) -> None:
    page.form.threads.setFocus()
    qtbot.keyClick(page.form.threads, Qt.Key.Key_Up)
    qtbot.keyClick(page.form.watch, Qt.Key.Key_Space)
    settle()
    saved = load_settings(window.context.places.settings)
    assert saved.threads == 1
    assert saved.detector == "", "the default is not written down"
    assert not saved.watch
    assert window.context.settings == saved
