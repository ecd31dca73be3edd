"""The page of people, with a hand on it."""

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.session.context import Context
from tests.app.conftest import opened_window
from tests.app.drawn import DrawnLibrary, name_people
from tests.app.pages.people.hand import PeopleHand


@pytest.fixture
def names() -> tuple[str, ...]:
    """Who is named before the window opens, the largest first: 9, 6, 4 and 2 faces. Some tests name others."""
    return ("Ada", "Bo")


@pytest.fixture
def hand(
    context: Context, drawn: DrawnLibrary, names: tuple[str, ...], qtbot: QtBot, settle: Callable[[], None]
) -> Iterator[PeopleHand]:
    """A hand on the page."""
    name_people(drawn, *names)
    with opened_window(context, qtbot) as window:
        yield PeopleHand(window, qtbot, settle)
