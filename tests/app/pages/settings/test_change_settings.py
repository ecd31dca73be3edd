"""Settings are saved as they are changed."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from engine.settings import load_settings
from tests.app.pages.settings.hand import SettingsHand


@pytest.fixture
def hand(open_settings: Callable[[], SettingsHand], settle: Callable[[], None]) -> SettingsHand:
    settle()
    return open_settings()


def form_names(hand: SettingsHand) -> list[str]:
    """What the detectors are called."""
    box = hand.page.form.detector
    return [box.itemText(row) for row in range(box.count())]


def test_what_is_in_use_is_shown_with_its_licence(hand: SettingsHand) -> None:
    assert hand.page.form.detector.currentData() == "yunet_2023mar"
    assert {"MIT", "Apache-2.0"} <= {line[4] for line in hand.models()}
    assert hand.page.models.fetch_button.isEnabled(), "a model that is not here can be fetched"
    assert "0." not in hand.page.likely.text()
    assert "0." in hand.page.likely.toolTip()
    assert form_names(hand)[0] == "YuNet: quick, also for small faces"


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


def test_strangers_may_be_forgotten_after_a_while(hand: SettingsHand) -> None:
    form, context = hand.page.form, hand.window.context
    assert form.strangers.currentData() == 0, "nothing expires unless somebody says so"
    form.strangers.setFocus()
    hand.qtbot.keyClick(form.strangers, Qt.Key.Key_Down)
    hand.settle()
    assert context.settings.strangers_months == 6
    assert load_settings(context.places.settings).strangers_months == 6
    hand.page.take(replace(context.settings, strangers_months=7))
    hand.settle()
    assert form.strangers.currentData() == 7
    assert "7" in form.strangers.currentText()


def test_what_runs_models_is_chosen_and_saved(hand: SettingsHand) -> None:
    running, context = hand.page.form.running, hand.window.context
    assert running.currentText().startswith("The fastest here")
    assert {"onnxruntime", "torch"} <= {running.itemText(row) for row in range(running.count())}
    running.setFocus()
    hand.qtbot.keyClicks(running, "onnx")
    hand.settle()
    saved = load_settings(context.places.settings)
    assert (saved.runtime, saved.precision, saved.providers) == ("onnxruntime", "auto", ())
    assert context.settings == saved


def test_what_only_the_file_says_of_running_stays(hand: SettingsHand) -> None:
    context = hand.window.context
    hand.page.take(replace(context.settings, precision="float32"))
    hand.settle()
    assert hand.page.form.running.currentText() == "float32"
    hand.qtbot.keyClick(hand.page.form.watch, Qt.Key.Key_Space)
    hand.settle()
    assert load_settings(context.places.settings).precision == "float32"
