"""The page of settings, opened by a hand."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from app.shell.main_window import MainWindow
from tests.app.pages.settings.hand import SettingsHand


@pytest.fixture
def open_settings(window: MainWindow, qtbot: QtBot, settle: Callable[[], None]) -> Callable[[], SettingsHand]:
    """Open the page, once the library is as the test wants it."""
    return lambda: SettingsHand(window, qtbot, settle)
