"""Where installers left Kinfolk out of the desktop's menu, the window offers once to put it there."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.shell.main_window import MainWindow
from app.shell.menu_offer import ANSWERED, MenuOffer
from engine.desktop_entry import ENTRY, own_program
from engine.errors import KinfolkError
from engine.paths import usual_data_dir

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="other systems have no such entries")


@pytest.fixture
def home(window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a user's data, in which no desktop has an entry, and whose library is that of the window."""
    try:
        own_program()
    except KinfolkError:
        pytest.skip("Kinfolk is not installed here")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "shared"))
    monkeypatch.setattr(window.context, "places", type(window.context.places)(usual_data_dir()))
    return tmp_path


def offer(window: MainWindow) -> bool:
    """Start the window as it is started; say whether it asks."""
    window.messages.hide()
    MenuOffer(window.context, window.messages).begin()
    return window.messages.isVisible()


def test_the_button_puts_it_there_and_nobody_is_asked_again(window: MainWindow, home: Path, qtbot: QtBot) -> None:
    assert offer(window)
    qtbot.mouseClick(window.messages.button, Qt.MouseButton.LeftButton)
    assert str(own_program()) in (home / ENTRY).read_text(encoding="utf-8")
    assert "among your applications now" in window.messages.text.text()
    (home / ENTRY).unlink()
    assert not offer(window)


def test_closing_the_message_is_an_answer(window: MainWindow, home: Path, qtbot: QtBot) -> None:
    assert offer(window)
    qtbot.mouseClick(window.messages.close_button, Qt.MouseButton.LeftButton)
    assert not (home / ENTRY).exists()
    assert window.context.remembered.value(ANSWERED)
    assert not offer(window)


def test_what_is_told_meanwhile_is_no_answer(window: MainWindow, home: Path, qtbot: QtBot) -> None:
    assert offer(window)
    window.messages.tell("Something happened.")
    qtbot.mouseClick(window.messages.close_button, Qt.MouseButton.LeftButton)
    assert offer(window)


def test_nobody_is_asked_where_there_is_an_entry_or_the_library_is_another(
    window: MainWindow, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = tmp_path / "shared" / ENTRY
    shared.parent.mkdir(parents=True)
    shared.touch()
    assert not offer(window)
    shared.unlink()
    monkeypatch.setattr(window.context, "places", type(window.context.places)(tmp_path / "other"))
    assert not offer(window)


def test_an_entry_that_cannot_be_written_is_said(window: MainWindow, home: Path, qtbot: QtBot) -> None:
    (home / ENTRY.parent).write_text("a file where a folder should be")
    assert offer(window)
    qtbot.mouseClick(window.messages.button, Qt.MouseButton.LeftButton)
    assert "The entry cannot be written" in window.messages.text.text()
