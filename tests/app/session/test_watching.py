"""Photos that come into a folder are scanned by themselves, while the settings say so."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.session.watching import Watched, Watching
from app.shell.main_window import MainWindow
from app.widgets.entry_delegate import SPARE
from engine.library.queries import photo_rows
from engine.scan.watching import WatchLimitError
from tests.app.conftest import PLENTY_MS, SCAN_MS, draw_picture, outcomes_of

pytestmark = pytest.mark.usefixtures("with_models")


@pytest.fixture
def with_models(models_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KINFOLK_MODELS_DIR", str(models_dir))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "Camera"
    made.mkdir()
    draw_picture(made / "first.png", 1)
    return made


@pytest.fixture
def watching(empty_window: MainWindow, folder: Path, qtbot: QtBot) -> MainWindow:
    """A window that has scanned one folder and watches it."""
    seen = outcomes_of(empty_window.context)
    empty_window.context.scanning.scan([folder])
    qtbot.waitUntil(lambda: bool(seen), timeout=SCAN_MS)
    empty_window.context.begin()
    qtbot.waitUntil(lambda: empty_window.context.watching.watched == Watched(frozenset([folder])), timeout=PLENTY_MS)
    # What came before the window was opened is looked for first.
    qtbot.waitUntil(lambda: len(seen) == 2, timeout=SCAN_MS)
    return empty_window


def names(window: MainWindow) -> set[str]:
    return {row.path.name for row in photo_rows(window.context.library)}


def test_a_new_photo_is_scanned_by_itself(watching: MainWindow, folder: Path, qtbot: QtBot) -> None:
    seen = outcomes_of(watching.context)
    watching.messages.hide()
    draw_picture(folder / "second.png", 2)
    qtbot.waitUntil(lambda: bool(seen), timeout=SCAN_MS)
    assert names(watching) == {"first.png", "second.png"}
    assert not seen[0].request.asked
    assert watching.messages.text.text() == "1 photo read, 0 faces found."


def test_a_scan_that_nobody_asked_for_and_that_found_nothing_says_nothing(watching: MainWindow) -> None:
    assert watching.messages.text.text() == "1 photo read, 0 faces found.", "that of the first scan"


def test_with_the_setting_off_nothing_is_scanned(watching: MainWindow, folder: Path, qtbot: QtBot) -> None:
    context = watching.context
    context.take_settings(replace(context.settings, watch=False))
    assert context.watching.watched == Watched()
    draw_picture(folder / "second.png", 2)
    context.take_settings(replace(context.settings, watch=True))
    seen = outcomes_of(context)
    qtbot.waitUntil(lambda: bool(seen), timeout=SCAN_MS)
    assert names(watching) == {"first.png", "second.png"}, "what came meanwhile is found when watching begins again"


def test_a_disk_that_goes_and_comes_back(watching: MainWindow, folder: Path, tmp_path: Path, qtbot: QtBot) -> None:
    context, listing = watching.context, watching.sidebar.folders
    away = tmp_path / "away"
    folder.rename(away)
    context.folders.read()
    qtbot.waitUntil(lambda: listing.item(0).data(SPARE) == "not connected", timeout=PLENTY_MS)
    assert "not connected" in listing.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "all kept" in listing.item(0).toolTip()
    assert context.watching.watched == Watched()
    assert names(watching) == {"first.png"}
    seen = outcomes_of(context)
    shutil.copytree(away, folder)
    draw_picture(folder / "second.png", 2)
    context.folders.read()
    qtbot.waitUntil(lambda: bool(seen), timeout=SCAN_MS)
    assert names(watching) == {"first.png", "second.png"}
    qtbot.waitUntil(lambda: listing.item(0).data(SPARE) == "", timeout=PLENTY_MS)


def test_where_the_system_watches_no_more_the_user_may_choose_to_look(
    watching: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    watcher: Watching = watching.context.watching
    watcher.limited.emit(WatchLimitError("The system watches no more folders for you.", "Raise the limit."))
    assert watching.messages.button.text() == "Look now and then"
    qtbot.mouseClick(watching.messages.button, Qt.MouseButton.LeftButton)
    assert watcher.watched == Watched(frozenset([folder]), by_looking=True)
    assert watching.context.remembered.value("watching/by_looking") == "yes"
