"""A scan on the command line, in a process of its own, shows up in the window that is open beside it."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.shell.main_window import MainWindow
from app.widgets.entry_delegate import AT_END
from engine.library import edits
from engine.library.library import Library
from engine.library.queries import people_rows
from tests.app.conftest import PLENTY_MS, SCAN_MS, draw_picture

KINFOLK = [sys.executable, "-m", "app"]


def kinfolk(data: Path, *words: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen([*KINFOLK, "--data-dir", str(data), *map(str, words)], cwd=Path(__file__).parents[3])


def test_a_scan_beside_the_window_shows_up_in_it(
    empty_window: MainWindow, tmp_path: Path, models_dir: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setenv("KINFOLK_MODELS_DIR", str(models_dir))
    window, folder = empty_window, tmp_path / "Elsewhere"
    folder.mkdir()
    for number in range(3):
        draw_picture(folder / f"{number}.png", number)
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 not a picture")
    with qtbot.waitSignal(window.context.changed_elsewhere, timeout=SCAN_MS):
        process = kinfolk(window.context.places.data, "scan", folder)
    qtbot.waitUntil(lambda: window.sidebar.folders.count() == 1, timeout=SCAN_MS)
    assert window.sidebar.folders.item(0).text() == "Elsewhere"
    qtbot.waitUntil(lambda: window.sidebar.pages.item(4).data(AT_END) == "1", timeout=SCAN_MS)
    assert process.wait(SCAN_MS / 1000) == 0
    # The library has folders now: the welcome is over.
    assert window.context.navigator.here is not None
    qtbot.waitUntil(lambda: window.context.navigator.here.page == "people", timeout=PLENTY_MS)


def test_an_edit_elsewhere_can_be_undone_here(window: MainWindow, qtbot: QtBot) -> None:
    context = window.context
    with Library(context.places.library) as other:
        edits.name_person(other, people_rows(other)[0].person, "Ada")
    qtbot.waitUntil(lambda: context.operations.steps.undo == "Name a person", timeout=PLENTY_MS)
    assert window.acts["undo"].text() == "Undo: Name a person"
    with qtbot.waitActive(window, timeout=PLENTY_MS):
        window.come_forward()
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: all(row.name is None for row in people_rows(context.library)), timeout=PLENTY_MS)
    qtbot.waitUntil(lambda: "“Named Ada: " in window.messages.text.text(), timeout=PLENTY_MS)
