"""A photo is opened with a program that the user chooses: a real one, started by itself."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.files.open_with import ProgramDialog
from app.shell.main_window import MainWindow
from engine.library.queries import photos_by_id
from tests.app.conftest import PLENTY_MS
from tests.app.drawn import DrawnLibrary
from tests.app.hand import CTRL, SHIFT
from tests.app.pages.photo.hand import PhotoHand

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the system has a window of its own for it")

Settle = Callable[[], None]


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desktop without programs, and where one may be put."""
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "desktop"))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CONFIG_DIRS"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    folder = tmp_path / "desktop" / "applications"
    folder.mkdir(parents=True)
    return folder


def asked() -> list[ProgramDialog]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, ProgramDialog) and one.isVisible()]


def test_the_chosen_program_gets_the_file(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle, programs: Path, tmp_path: Path
) -> None:
    script, opened = programs.parent / "note", tmp_path / "opened"
    script.write_text(f'#!/bin/sh\nprintf %s "$1" > "{opened}.part"\nmv "{opened}.part" "{opened}"\n')
    script.chmod(0o700)
    for name, command in (("a", "nowhere-at-all"), ("b", "sh"), ("c", str(script))):
        entry = f"[Desktop Entry]\nType=Application\nName=Program {name}\nExec={command} %f\nMimeType=image/png;\n"
        (programs / f"{name}.desktop").write_text(entry)
    hand = PhotoHand(window, qtbot, settle, drawn.photos[0])
    hand.strike(Qt.Key.Key_Return, CTRL | SHIFT)
    qtbot.waitUntil(lambda: len(asked()) == 1, timeout=PLENTY_MS)
    (dialog,) = asked()
    assert [dialog.programs.item(row).text() for row in range(dialog.programs.count())] == ["Program b", "Program c"]
    dialog.programs.setCurrentRow(1)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(opened.is_file, timeout=PLENTY_MS)
    assert opened.read_text() == str(photos_by_id(drawn.library, drawn.photos[:1])[drawn.photos[0]].path)
    qtbot.waitUntil(lambda: not asked(), timeout=PLENTY_MS)


@pytest.mark.usefixtures("programs")
def test_where_no_program_is_known_that_is_said(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    hand = PhotoHand(window, qtbot, settle, drawn.photos[0])
    hand.strike(Qt.Key.Key_Return, CTRL | SHIFT)
    qtbot.waitUntil(lambda: hand.said.startswith("No program for"), timeout=PLENTY_MS)
    assert not asked()
