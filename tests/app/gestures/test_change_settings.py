"""Settings are saved as they are changed; erasing asks first and erases all."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.dialogs.goodbye import Goodbye
from app.main_window import MainWindow
from app.views.settings import SettingsPage
from engine.library.queries import counts, people_names
from engine.settings import load_settings
from tests.app.conftest import PLENTY_MS
from tests.app.drawn import DrawnLibrary, name_people

Settle = Callable[[], None]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot, settle: Settle) -> SettingsPage:
    settle()
    qtbot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    shown = window.page("settings")
    assert isinstance(shown, SettingsPage)
    qtbot.waitUntil(lambda: shown.form.embedder.count() > 0, timeout=PLENTY_MS)
    return shown


def dialog() -> Goodbye:
    found = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, Goodbye) and widget.isVisible()]
    assert len(found) == 1
    return found[0]


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


def test_erasing_asks_and_keeps_everything_unless_told(
    page: SettingsPage, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    name_people(drawn, "Ada")
    settle()
    qtbot.mouseClick(page.erase_button, LEFT)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None, timeout=PLENTY_MS)
    qtbot.keyClick(dialog(), Qt.Key.Key_Escape)
    settle()
    assert set(people_names(drawn.library).values()) == {"Ada"}


def test_erasing_leaves_no_face(
    page: SettingsPage, window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    name_people(drawn, "Ada")
    settle()
    page.erase_button.click()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None, timeout=PLENTY_MS)
    qtbot.mouseClick(dialog().go, LEFT)
    qtbot.waitUntil(lambda: counts(drawn.library).faces == 0, timeout=PLENTY_MS)
    settle()
    assert people_names(drawn.library) == {}
    here = window.context.navigator.here
    assert here is not None
    assert here.page == "people"
    assert not any(window.context.places.thumbs.rglob("*.jpg"))
