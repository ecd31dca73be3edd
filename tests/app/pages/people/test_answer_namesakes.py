"""Two people of one name: the window asks quietly and never merges by itself."""

import pytest
from PySide6.QtCore import Qt

from engine.library.answers import distinct_people
from engine.library.history import history
from engine.library.queries import people_names, people_rows

Key = Qt.Key


@pytest.fixture
def names():
    return ("Ada",)


@pytest.fixture
def hand(hand, drawn):
    """Ada (9 faces) has a name, and a group of 6 was just given the same."""
    hand.click(hand.title(drawn.people[1]))
    hand.type("ada")
    hand.press(Key.Key_Return)
    return hand


def test_the_window_asks_and_naming_goes_on(hand, drawn):
    offer = hand.window.namesakes
    assert offer.isVisible()
    assert offer.text.text() == "There is another ada. Are they the same?"
    assert hand.page.naming.person == drawn.people[2], "the next name can be typed at once"
    assert people_names(drawn.library) == {drawn.people[0]: "Ada", drawn.people[1]: "ada"}


def test_merging_shows_both_first(hand, drawn):
    hand.click_on(hand.window.namesakes.merge_button)
    assert {row.person for row in people_rows(drawn.library) if row.name} == set(drawn.people[:2])
    dialog = hand.dialog()
    assert dialog.outcome.text() == "6 faces will move to Ada, who has 15 then."
    hand.qtbot.keyClick(dialog, Key.Key_Return)
    hand.settle()
    assert people_names(drawn.library) == {drawn.people[0]: "Ada"}
    assert people_rows(drawn.library, only=[drawn.people[0]])[0].faces == 15
    assert not hand.window.namesakes.isVisible()


def test_they_are_two(hand, drawn):
    hand.click_on(hand.window.namesakes.two_button)
    assert not hand.window.namesakes.isVisible()
    assert distinct_people(drawn.library).tolist() == [drawn.people[:2]]
    assert len(people_names(drawn.library)) == 2


def test_not_now(hand, drawn):
    steps = len(history(drawn.library))
    hand.click_on(hand.window.namesakes.close_button)
    assert not hand.window.namesakes.isVisible()
    assert len(history(drawn.library)) == steps


def test_undoing_the_name_takes_the_question_back(hand, drawn):
    hand.press(Key.Key_Escape)
    hand.press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not hand.window.namesakes.isVisible()
    assert people_names(drawn.library) == {drawn.people[0]: "Ada"}


def test_a_third_of_the_same_name_is_asked_about_with_each(hand, drawn):
    hand.type("ADA")
    hand.press(Key.Key_Return)
    assert hand.window.namesakes.pair == (drawn.people[2], drawn.people[0])
    hand.click_on(hand.window.namesakes.two_button)
    assert hand.window.namesakes.pair == (drawn.people[2], drawn.people[1])
