"""The page of a person, opened by a hand."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from app.shell.main_window import MainWindow
from tests.app.pages.person.hand import PersonHand


@pytest.fixture
def open_person(window: MainWindow, qtbot: QtBot, settle: Callable[[], None]) -> Callable[[int], PersonHand]:
    """Open somebody's page, once the library is as the test wants it."""
    return lambda person: PersonHand(window, qtbot, settle, person)
