"""Adding a folder to an empty library: by button, by drop, and what is said when that is not possible."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.pages.welcome import WelcomePage
from app.shell.main_window import MainWindow
from engine.library.folders import folders
from engine.library.queries import people_rows, photo_rows
from tests.app.conftest import PLENTY_MS, SCAN_MS, outcomes_of

pytestmark = pytest.mark.usefixtures("with_models")


def welcome(window: MainWindow) -> WelcomePage:
    page = window.page("welcome")
    assert isinstance(page, WelcomePage)
    return page


def drop(target: QWidget, paths: list[Path]) -> None:
    """Drag paths over a widget and let go, as the file manager does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    middle, left = target.rect().center(), Qt.MouseButton.LeftButton
    keys = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(middle), Qt.DropAction.CopyAction, data, left, keys)
    QApplication.sendEvent(target, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(target, QDropEvent(QPointF(middle), Qt.DropAction.CopyAction, data, left, keys))


def test_a_dropped_folder_is_scanned_and_its_people_appear(empty_window: MainWindow, album: Path, qtbot: QtBot) -> None:
    window = empty_window
    context, seen = window.context, outcomes_of(window.context)
    assert context.navigator.here is not None
    assert context.navigator.here.page == "welcome"
    assert welcome(window).area.isVisible()
    with qtbot.waitSignal(context.scanning.began, timeout=PLENTY_MS):
        drop(welcome(window).area, [album])
    assert context.navigator.here.page == "people"
    assert window.job_bar.isVisible()
    qtbot.waitUntil(lambda: bool(seen), timeout=SCAN_MS)
    assert [folder.path for folder in folders(context.library)] == [album]
    assert len(photo_rows(context.library)) == 8
    assert len(people_rows(context.library)) == 2
    assert window.messages.text.text() == "8 photos read, 8 faces found."
    qtbot.waitUntil(lambda: not window.job_bar.isVisible(), timeout=PLENTY_MS)
    qtbot.waitUntil(lambda: window.sidebar.folders.count() == 1, timeout=PLENTY_MS)
    assert window.sidebar.folders.item(0).text() == "Album"


def test_a_folder_is_chosen_with_the_button(empty_window: MainWindow, few_drawings: Path, qtbot: QtBot) -> None:
    window = empty_window
    seen = outcomes_of(window.context)

    def choose() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        name = dialog.findChild(QLineEdit)
        assert name is not None
        name.clear()
        qtbot.keyClicks(name, str(few_drawings))
        qtbot.keyClick(name, Qt.Key.Key_Return)

    QTimer.singleShot(200, choose)
    qtbot.mouseClick(welcome(window).area.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(seen), timeout=SCAN_MS)
    assert [folder.path for folder in folders(window.context.library)] == [few_drawings]


def test_folders_can_be_dropped_anywhere_later_too(window: MainWindow, album: Path, qtbot: QtBot) -> None:
    seen = outcomes_of(window.context)
    drop(window, [album])
    qtbot.waitUntil(lambda: bool(seen), timeout=SCAN_MS)
    assert album in [folder.path for folder in folders(window.context.library)]


def test_a_file_is_not_a_folder(empty_window: MainWindow, album: Path, qtbot: QtBot) -> None:
    window = empty_window
    photo = next(album.iterdir())
    with qtbot.waitSignal(window.context.scanning.failed, timeout=PLENTY_MS):
        drop(welcome(window).area, [photo])
    assert "is not a folder" in window.messages.text.text()
    assert window.messages.sign.isVisible()
    assert window.context.scanning.job is None
    assert not folders(window.context.library)
    assert window.context.navigator.here is not None
    assert window.context.navigator.here.page == "welcome"


def test_what_no_disk_can_hold_is_not_there(empty_window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(empty_window.context.scanning.failed, timeout=PLENTY_MS):
        empty_window.context.scanning.scan([tmp_path / ("long" * 100)])
    assert "is not there now. Connect its disk" in empty_window.messages.text.text()
    assert not folders(empty_window.context.library)


def test_without_models_the_welcome_says_what_will_be_fetched(
    empty_window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = empty_window
    page = welcome(window)
    qtbot.waitUntil(lambda: "needs no internet" in page.models.text(), timeout=PLENTY_MS)
    monkeypatch.setenv("KINFOLK_MODELS_DIR", str(tmp_path / "none"))
    page.enter(None, None)
    qtbot.waitUntil(lambda: "39 MB" in page.models.text(), timeout=PLENTY_MS)
    assert "MIT and Apache-2.0" in page.models.text()
    assert "githubusercontent.com" in page.models.text()
