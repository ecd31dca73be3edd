"""F5 scans every folder again and says what came of it; a folder can be scanned alone."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.session.scanning import ScanRequest
from app.shell.main_window import MainWindow
from engine.library.queries import photo_rows
from engine.library.states import READ_BEFORE
from tests.app.conftest import PLENTY_MS, SCAN_MS, draw_picture, outcomes_of

pytestmark = pytest.mark.usefixtures("with_models")


@pytest.fixture
def scanned(empty_window: MainWindow, album: Path, qtbot: QtBot) -> MainWindow:
    """A window whose one folder has been scanned."""
    seen = outcomes_of(empty_window.context)
    empty_window.context.scanning.scan([album])
    qtbot.waitUntil(lambda: bool(seen), timeout=SCAN_MS)
    qtbot.waitUntil(lambda: empty_window.sidebar.folders.count() == 1, timeout=PLENTY_MS)
    with qtbot.waitActive(empty_window, timeout=PLENTY_MS):
        empty_window.come_forward()
    return empty_window


def test_nothing_new_is_said(scanned: MainWindow, qtbot: QtBot) -> None:
    seen = outcomes_of(scanned.context)
    qtbot.keyClick(scanned, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: bool(seen), timeout=SCAN_MS)
    assert scanned.messages.text.text() == "Nothing is new in 8 photos."


def test_new_photos_and_problems_are_said(scanned: MainWindow, album: Path, qtbot: QtBot) -> None:
    seen = outcomes_of(scanned.context)
    draw_picture(album / "new.png", 1)
    (album / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 not a picture")
    qtbot.keyClick(scanned, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: bool(seen), timeout=SCAN_MS)
    assert scanned.messages.text.text() == "2 photos read, 0 faces found. 1 photo cannot be read."
    qtbot.waitUntil(
        lambda: scanned.sidebar.pages.item(4).data(Qt.ItemDataRole.AccessibleTextRole) == "Problems, 1",
        timeout=PLENTY_MS,
    )
    assert scanned.messages.button.text() == "Show problems"
    qtbot.mouseClick(scanned.messages.button, Qt.MouseButton.LeftButton)
    assert scanned.context.navigator.here is not None
    assert scanned.context.navigator.here.page == "problems"


@pytest.mark.parametrize("kept", [True, False], ids=["some photos are there", "none is there"])
def test_photos_that_are_missing_are_said_with_the_way_to_problems(
    scanned: MainWindow, album: Path, qtbot: QtBot, *, kept: bool
) -> None:
    seen = outcomes_of(scanned.context)
    photos = sorted(path for path in album.iterdir() if path.is_file())
    for path in photos[:2] if kept else photos:
        path.unlink()
    (album / "notes.txt").write_text("The folder is there still.")
    qtbot.keyClick(scanned, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: bool(seen), timeout=SCAN_MS)
    gone = "Missing since they were scanned: {} photos. Nothing of them is forgotten."
    expected = "Nothing is new in 6 photos. " + gone.format(2) if kept else gone.format(8)
    assert scanned.messages.text.text() == expected
    assert scanned.messages.button.text() == "Show problems"
    qtbot.mouseClick(scanned.messages.button, Qt.MouseButton.LeftButton)
    assert scanned.context.navigator.here is not None
    assert scanned.context.navigator.here.page == "problems"


def test_one_folder_is_scanned_from_its_menu(
    scanned: MainWindow, album: Path, few_drawings: Path, qtbot: QtBot
) -> None:
    seen = outcomes_of(scanned.context)
    scanned.context.scanning.scan([few_drawings])
    qtbot.waitUntil(lambda: len(seen) == 1, timeout=SCAN_MS)
    qtbot.waitUntil(lambda: scanned.sidebar.folders.count() == 2, timeout=PLENTY_MS)
    draw_picture(album / "new.png", 1)
    draw_picture(few_drawings / "new.png", 2)
    listing = scanned.sidebar.folders
    assert listing.item(0).text() == "Album"
    listing.setFocus()
    listing.setCurrentRow(0)
    menu = open_menu(scanned, qtbot)
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    assert menu.activeAction() is listing.acts["scan"]
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(seen) == 2, timeout=SCAN_MS)
    assert seen[1].summary.photos.new == 1
    known = {row.path for row in photo_rows(scanned.context.library)}
    assert album / "new.png" in known
    assert few_drawings / "new.png" not in known


def test_all_photos_of_a_folder_are_read_again_from_its_menu(scanned: MainWindow, album: Path, qtbot: QtBot) -> None:
    seen = outcomes_of(scanned.context)
    listing = scanned.sidebar.folders
    listing.setFocus()
    listing.setCurrentRow(0)
    menu = open_menu(scanned, qtbot)
    for _ in range(2):
        qtbot.keyClick(menu, Qt.Key.Key_Down)
    assert menu.activeAction() is listing.acts["again"]
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(seen), timeout=SCAN_MS)
    assert seen[0].request.paths == (album,)
    assert seen[0].request.again == READ_BEFORE
    assert seen[0].summary.photos_per_second > 0, "photos were read"


def test_a_folder_that_is_away_is_said_to_be_so_and_tried_again_by_itself(
    scanned: MainWindow, few_drawings: Path, qtbot: QtBot
) -> None:
    seen = outcomes_of(scanned.context)
    away = few_drawings.rename(few_drawings.with_name("Unplugged"))
    scanned.context.scanning.scan([few_drawings])
    qtbot.waitUntil(lambda: "is not there now" in scanned.messages.text.text(), timeout=PLENTY_MS)
    assert "Connect its disk" in scanned.messages.text.text()
    away.rename(few_drawings)
    assert scanned.messages.button.text() == "Try again"
    qtbot.mouseClick(scanned.messages.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(seen), timeout=SCAN_MS)
    assert seen[0].request.paths == (few_drawings,)
    assert seen[0].summary.photos.new == 4


def open_menu(window: MainWindow, qtbot: QtBot) -> QMenu:
    """Press the menu key, which the system turns into this event."""
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(window.sidebar.folders.viewport(), event)
    found: list[QMenu] = []

    def look() -> bool:
        found[:] = [menu for menu in window.sidebar.folders.findChildren(QMenu) if menu.isVisible()]
        return bool(found)

    qtbot.waitUntil(look, timeout=PLENTY_MS)
    return found[0]


def test_what_hindered_a_scan_is_no_longer_said_once_the_folder_is_back(
    scanned: MainWindow, album: Path, qtbot: QtBot
) -> None:
    scanning, messages = scanned.context.scanning, scanned.messages
    album.rename(album.with_name("away"))
    scanning.scan([album])
    qtbot.waitUntil(lambda: "is not there now" in messages.text.text(), timeout=PLENTY_MS)
    album.with_name("away").rename(album)
    seen = outcomes_of(scanned.context)
    scanning.request_scan(ScanRequest((album,), asked=False))
    qtbot.waitUntil(lambda: bool(seen), timeout=SCAN_MS)
    assert not messages.isVisible()
