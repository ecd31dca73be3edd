"""A model's file is compared with its card, and what came of it is said beside the button."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.pages.settings.page import SettingsPage
from app.shell.main_window import MainWindow
from tests.app.conftest import PLENTY_MS

Settle = Callable[[], None]
DETECTOR = "yunet_2023mar"


@pytest.fixture
def models(models_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own with the detector in it."""
    folder = tmp_path / "models"
    folder.mkdir()
    shutil.copy(models_dir / "face_detection_yunet_2023mar.onnx", folder)
    monkeypatch.setenv("KINFOLK_MODELS_DIR", str(folder))
    return folder


def opened(window: MainWindow, qtbot: QtBot, settle: Settle) -> SettingsPage:
    window.context.navigator.go("settings")
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    settle()
    listed = page.models.list
    rows = [listed.topLevelItem(row) for row in range(listed.topLevelItemCount())]
    listed.setCurrentItem(next(row for row in rows if row.text(0) == DETECTOR))
    return page


def test_a_file_as_it_should_be(models: Path, window: MainWindow, qtbot: QtBot, settle: Settle) -> None:
    page = opened(window, qtbot, settle)
    assert not page.models.fetch_button.isEnabled(), "it is here"
    qtbot.mouseClick(page.models.verify_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(page.models.said.text()), timeout=PLENTY_MS)
    assert DETECTOR in page.models.said.text()
    assert not window.messages.isVisible()


def test_a_file_that_was_damaged(models: Path, window: MainWindow, qtbot: QtBot, settle: Settle) -> None:
    page = opened(window, qtbot, settle)
    file = next(models.glob("*.onnx"))
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    qtbot.mouseClick(page.models.verify_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(window.messages.isVisible, timeout=PLENTY_MS)
    assert "is not the one that its card describes" in window.messages.text.text()
