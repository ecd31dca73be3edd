"""The page of groups, opened by a hand."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from app.shell.main_window import MainWindow
from tests.app.pages.groups.hand import GroupsHand


@pytest.fixture
def open_groups(window: MainWindow, qtbot: QtBot, settle: Callable[[], None]) -> Callable[[], GroupsHand]:
    """Open the page, once the library is as the test wants it."""
    return lambda: GroupsHand(window, qtbot, settle)


@pytest.fixture
def open_regrouping(open_groups: Callable[[], GroupsHand]) -> Callable[[], GroupsHand]:
    """Open the page at the ways to group anew."""

    def opened() -> GroupsHand:
        hand = open_groups()
        hand.open_regrouping()
        return hand

    return opened
