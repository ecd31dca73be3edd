"""Settings are saved as they are changed."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from engine.settings import load_settings
from tests.app.pages.settings.hand import SettingsHand


@pytest.fixture
def hand(open_settings: Callable[[], SettingsHand], settle: Callable[[], None]) -> SettingsHand:
    settle()
    return open_settings()


def test_what_is_in_use_is_shown_with_its_licence(hand: SettingsHand) -> None:
    assert hand.page.form.detector.currentText() == "yunet_2023mar"
    assert {"MIT", "Apache-2.0"} <= {line[3] for line in hand.models()}
    assert hand.page.models.fetch_button.isEnabled(), "a model that is not here can be fetched"
    assert "0." in hand.page.likely.text()


def test_a_change_is_saved_and_used(hand: SettingsHand) -> None:
    form, context = hand.page.form, hand.window.context
    form.threads.setFocus()
    hand.qtbot.keyClick(form.threads, Qt.Key.Key_Up)
    hand.qtbot.keyClick(form.watch, Qt.Key.Key_Space)
    hand.settle()
    saved = load_settings(context.places.settings)
    assert saved.threads == 1
    assert saved.detector == "", "the default is not written down"
    assert not saved.watch
    assert context.settings == saved
