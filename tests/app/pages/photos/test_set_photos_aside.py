"""Shift+Del sets aside everyone unnamed in the photos that are selected; every press has its word."""

from collections.abc import Callable

import pytest

from app.shell.main_window import MainWindow
from engine.library.history import history
from engine.library.queries import counts
from tests.app.drawn import DrawnLibrary, name_people
from tests.app.pages.photos.hand import PhotosHand

Settle = Callable[[], None]


@pytest.fixture
def names() -> tuple[str, ...]:
    return ()


def test_two_quick_presses_both_count(hand: PhotosHand, drawn: DrawnLibrary, settle: Settle) -> None:
    hand.set_aside(drawn.photos[0])
    hand.set_aside(drawn.photos[1])
    settle()
    assert counts(drawn.library).ignored == 8, "four faces in each"
    assert [step.label for step in history(drawn.library)] == ["Set 4 faces aside", "Set 4 faces aside"]


def test_where_nobody_is_unnamed_that_is_said(
    hand: PhotosHand, window: MainWindow, drawn: DrawnLibrary, settle: Settle
) -> None:
    name_people(drawn, "Ada", "Bo", "Cleo", "Dora")
    steps = len(history(drawn.library))
    hand.set_aside(drawn.photos[0])
    settle()
    assert "nobody to set aside" in hand.said
    assert not window.messages.button.isVisible(), "there is nothing to take back"
    assert len(history(drawn.library)) == steps
