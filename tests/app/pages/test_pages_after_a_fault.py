"""A page whose read has failed says so in words of its own; what was raised stands in the report alone."""

import sqlite3
from contextlib import closing

import pytest
from PySide6.QtWidgets import QLabel

from tests.app.conftest import PLENTY_MS
from tests.app.drawn import DrawnLibrary, name_people


@pytest.mark.parametrize("page", ["review", "problems", "groups"])
def test_no_words_of_the_machine_reach_the_page(page, window, drawn, qtbot, settle):
    name_people(drawn, "Ada", "Bo")
    settle()
    raised: list[Exception] = []
    window.context.broke.connect(raised.append)
    say_nonsense(drawn)
    window.context.navigator.go(page)

    def shown() -> list[str]:
        return [label.text() for label in window.page(page).findChildren(QLabel) if label.isVisible()]

    qtbot.waitUntil(lambda: any("could not be" in text for text in shown()), timeout=PLENTY_MS)
    assert raised
    assert not any(str(error) in text for error in raised for text in shown()), shown()


def say_nonsense(drawn: DrawnLibrary) -> None:
    """Damage the library in a way that no sentence of the engine speaks of."""
    with closing(sqlite3.connect(drawn.library.path)) as other, other:
        other.execute("UPDATE faces SET quality = 'nonsense'")
