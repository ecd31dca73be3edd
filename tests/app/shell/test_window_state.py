"""The window comes back where it was, and goes light and dark with the system."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.session.context import Context
from app.shell.main_window import MainWindow
from app.shell.screen import first_size
from app.style.theme import DARK, LIGHT, palette_of
from tests.app.conftest import opened_window


def test_place_size_and_page_are_remembered(context: Context, qtbot: QtBot, settle: Callable[[], None]) -> None:
    with opened_window(context, qtbot) as window:
        window.setGeometry(QRect(10, 30, 780, 600))
        context.navigator.go("problems")
        settle()
    with opened_window(context, qtbot) as window:
        assert window.geometry() == QRect(10, 30, 780, 600)
        assert context.navigator.here is not None
        assert context.navigator.here.page == "problems"
        settle()


def test_at_first_the_foot_of_the_window_is_on_the_screen(context: Context, qtbot: QtBot) -> None:
    window = MainWindow(context)
    qtbot.addWidget(window)
    room = window.screen().availableSize()
    assert window.height() < room.height()
    assert window.width() < room.width()


@pytest.mark.parametrize(
    ("room", "height"), [(QSize(1366, 768), 728), (QSize(1366, 728), 688), (QSize(1920, 1080), 780)]
)
def test_at_first_the_window_takes_what_the_screen_has_up_to_the_usual(room: QSize, height: int) -> None:
    assert first_size(room) == QSize(1180, height)


def test_a_place_that_cannot_be_read_is_forgotten(context: Context, qtbot: QtBot) -> None:
    context.remembered.setValue("window/geometry", "nonsense")
    context.remembered.setValue("window/page", "nowhere")
    with opened_window(context, qtbot) as window:
        assert window.width() > 600
        assert context.navigator.here is not None
        assert context.navigator.here.page == "people"


def test_the_palette_is_that_of_the_scheme_of_the_system(dressed: QApplication, context: Context, qtbot: QtBot) -> None:
    hints = QGuiApplication.styleHints()
    here, other = (DARK, LIGHT) if hints.colorScheme() == Qt.ColorScheme.Dark else (LIGHT, DARK)
    with opened_window(context, qtbot):
        dressed.setPalette(palette_of(other))
        assert dressed.palette().color(QPalette.ColorRole.Window).name() == other.window
        # What Qt tells when the system has changed its scheme; the platform of tests has none that could be changed.
        hints.colorSchemeChanged.emit(hints.colorScheme())
        assert dressed.palette().color(QPalette.ColorRole.Window).name() == here.window
