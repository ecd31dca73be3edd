"""A folder is removed after one clear question, or kept."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.shell.main_window import MainWindow
from app.widgets.goodbye import Goodbye
from engine.library.folders import folders
from engine.library.queries import counts
from tests.app.conftest import PLENTY_MS
from tests.app.drawn import DrawnLibrary

Settle = Callable[[], None]


def asked(window: MainWindow, qtbot: QtBot, settle: Settle) -> Goodbye:
    settle()
    listing = window.sidebar.folders
    listing.setFocus()
    listing.setCurrentRow(0)
    qtbot.keyClick(listing, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), Goodbye), timeout=PLENTY_MS)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, Goodbye)
    return dialog


def test_enter_keeps_the_folder(window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle) -> None:
    dialog = asked(window, qtbot, settle)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    settle()
    assert [row.id for row in folders(drawn.library)] == [drawn.folder_id]


def test_the_button_that_says_so_removes_it(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    dialog = asked(window, qtbot, settle)
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: folders(drawn.library) == [], timeout=PLENTY_MS)
    settle()
    assert counts(drawn.library).faces == 0
    assert len(list(drawn.folder.iterdir())) == len(drawn.photos), "the photos themselves stay"
