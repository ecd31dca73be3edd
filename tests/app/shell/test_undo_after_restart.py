"""What was done can be taken back, and done again, after the window was closed and opened anew."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.shell.main_window import MainWindow
from engine.library.queries import people_names
from engine.paths import Places
from tests.app.conftest import PLENTY_MS, opened_context, opened_window
from tests.app.drawn import DrawnLibrary

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier


@contextmanager
def start(drawn: DrawnLibrary, data: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    with opened_context(Places(data), drawn.library) as context, opened_window(context, qtbot) as window:
        qtbot.waitUntil(lambda: not context.edits.busy and not context.reads.busy, timeout=PLENTY_MS)
        yield window


def names_are(drawn: DrawnLibrary, *names: str) -> bool:
    return sorted(people_names(drawn.library).values()) == sorted(names)


@pytest.mark.usefixtures("dressed")
def test_undo_and_redo_outlive_the_window(drawn: DrawnLibrary, tmp_path: Path, qtbot: QtBot) -> None:
    data = tmp_path / "data"
    with start(drawn, data, qtbot) as window:
        operations = window.context.operations
        for person, name in zip(drawn.people, ("Ada", "Bo"), strict=False):
            with qtbot.waitSignal(window.context.changed, timeout=PLENTY_MS):
                operations.name(person, name)
    with start(drawn, data, qtbot) as window:
        assert "Name" in window.acts["undo"].text()
        qtbot.keyClick(window, Key.Key_Z, CTRL)
        qtbot.waitUntil(lambda: names_are(drawn, "Ada"), timeout=PLENTY_MS)
    with start(drawn, data, qtbot) as window:
        qtbot.keyClick(window, Key.Key_Z, CTRL_SHIFT)
        qtbot.waitUntil(lambda: names_are(drawn, "Ada", "Bo"), timeout=PLENTY_MS)
        for left in (["Ada"], []):
            qtbot.keyClick(window, Key.Key_Z, CTRL)
            qtbot.waitUntil(lambda left=left: names_are(drawn, *left), timeout=PLENTY_MS)
