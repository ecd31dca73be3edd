"""More suggestions than can be looked at: some at once, all on demand."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from engine.library.edits import name_person
from engine.library.queries import people_rows
from tests.app.drawn import DrawnLibrary, doubt, draw_library
from tests.app.hand import SHIFT

Key = Qt.Key


@pytest.fixture
def drawn(tmp_path: Path) -> Iterator[DrawnLibrary]:
    """The first person, Ada, has three confirmed faces and 70 suggestions."""
    made = draw_library(tmp_path / "data", tmp_path / "Many", (73, 3))
    name_person(made.library, made.people[0], "Ada")
    doubt(made, made.faces[0][3:])
    yield made
    made.library.close()


def confirmed(drawn: DrawnLibrary) -> int:
    return people_rows(drawn.library, only=[drawn.people[0]])[0].confirmed


def test_yes_to_the_sure_ones_means_those_that_are_shown(open_person, drawn):
    hand = open_person(drawn.people[0])
    strip = hand.page.faces.strip
    assert strip.number.text() == "60 of 70 suggestions"
    assert hand.sections()[0] == ("", 60)
    shown = set(hand.faces()[:60])
    hand.press(Key.Key_Y, SHIFT)
    assert confirmed(drawn) == 63
    assert hand.sections()[0] == ("", 10)
    assert not shown & set(hand.faces()[:10])
    assert strip.number.text() == "10 suggestions"


def test_all_can_be_shown(open_person, drawn):
    hand = open_person(drawn.people[0])
    hand.click_button(hand.page.faces.strip, "Show all")
    assert hand.sections()[0] == ("", 70)
    hand.click_button(hand.page.faces.strip, "Yes to the 70 sure ones")
    assert confirmed(drawn) == 73
    assert not hand.page.faces.strip.isVisible()


def test_those_in_sight_stay_when_others_come(open_person, drawn):
    hand = open_person(drawn.people[0])
    shown = set(hand.faces()[:60])
    hand.click(hand.faces()[0])
    hand.press(Key.Key_Delete)
    assert len(shown & set(hand.faces()[:60])) == 59
    assert hand.sections()[0] == ("", 60)
