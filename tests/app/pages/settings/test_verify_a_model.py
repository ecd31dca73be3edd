"""A model's file is compared with its card, and what came of it is said beside the button."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.app.pages.settings.hand import SettingsHand

DETECTOR = "yunet_2023mar"


@pytest.fixture
def models(models_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own with the detector in it."""
    folder = tmp_path / "models"
    folder.mkdir()
    shutil.copy(models_dir / "face_detection_yunet_2023mar.onnx", folder)
    monkeypatch.setenv("KINFOLK_MODELS_DIR", str(folder))
    return folder


@pytest.fixture
def hand(models: Path, open_settings: Callable[[], SettingsHand], settle: Callable[[], None]) -> SettingsHand:
    """With the detector chosen."""
    hand = open_settings()
    settle()
    hand.choose_model(DETECTOR)
    return hand


def test_a_file_as_it_should_be(hand: SettingsHand) -> None:
    assert not hand.page.models.fetch_button.isEnabled(), "it is here"
    hand.click_on(hand.page.models.verify_button)
    hand.wait_until(lambda: hand.page.models.said.text())
    assert DETECTOR in hand.page.models.said.text()
    assert not hand.window.messages.isVisible()


def test_a_file_that_was_damaged(hand: SettingsHand, models: Path) -> None:
    file = next(models.glob("*.onnx"))
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    hand.click_on(hand.page.models.verify_button)
    hand.wait_until(hand.window.messages.isVisible)
    assert "is not the one that its card describes" in hand.said


def test_a_model_in_use_whose_file_is_gone_is_in_use(
    hand: SettingsHand, models: Path, settle: Callable[[], None]
) -> None:
    assert hand.state_of_model(DETECTOR) == "in use"
    (models / "face_detection_yunet_2023mar.onnx").unlink()
    hand.page.enter(None, None)
    settle()
    assert hand.state_of_model(DETECTOR) == "in use; file not here"
