"""A person is renamed where the name stands; what is typed is what is given."""

import pytest
from PySide6.QtCore import Qt

from engine.library.queries import people_names, people_rows

Key = Qt.Key


@pytest.fixture
def names():
    """The page with Annabel (9 faces), Bo (6), and two people without a name (4 and 2)."""
    return ("Annabel", "Bo")


def test_f2_renames_the_selected_person(hand, drawn):
    hand.choose(drawn.people[1])
    hand.press(Key.Key_F2)
    assert hand.field.text() == hand.field.selectedText() == "Bo"
    hand.type("Robert")
    hand.press(Key.Key_Return)
    assert people_names(drawn.library)[drawn.people[1]] == "Robert"
    assert hand.shown()[:2] == ["Annabel", "Robert"]
    assert hand.page.naming.person is None, "somebody with a name is renamed alone"
    assert hand.grid.selected_ids() == [drawn.people[1]]


def test_a_click_on_the_name_opens_it(hand, drawn):
    hand.click(hand.title(drawn.people[0]))
    assert hand.page.naming.person == drawn.people[0]
    hand.press(Key.Key_Escape)
    hand.click(hand.circle(drawn.people[0]))
    assert hand.page.naming.person is None, "a click on the face selects"


def test_a_name_that_begins_another_is_given_as_it_was_typed(hand, drawn):
    hand.click(hand.title(drawn.people[2]))
    hand.type("anna")
    assert hand.field.offered == ["Annabel"]
    assert hand.field.text() == "anna"
    hand.press(Key.Key_Return)
    assert people_names(drawn.library)[drawn.people[2]] == "anna"


def test_a_name_that_is_chosen_below_is_given(hand, drawn):
    hand.click(hand.title(drawn.people[2]))
    hand.type("ann")
    hand.press(Key.Key_Down)
    hand.press(Key.Key_Return)
    assert people_names(drawn.library)[drawn.people[2]] == "Annabel"
    assert len(people_rows(drawn.library)) == 4, "nobody is merged by that"


def test_tab_goes_on_to_the_next_name(hand, drawn):
    hand.click(hand.title(drawn.people[0]))
    hand.type("Zora")
    hand.press(Key.Key_Tab)
    assert people_names(drawn.library)[drawn.people[0]] == "Zora"
    assert hand.page.naming.person == drawn.people[1]


def test_a_click_elsewhere_gives_what_was_typed(hand, drawn):
    hand.click(hand.title(drawn.people[2]))
    hand.type("Cleo")
    hand.click(hand.circle(drawn.people[1]))
    assert people_names(drawn.library)[drawn.people[2]] == "Cleo"
    assert hand.page.naming.person is None
    assert hand.grid.selected_ids() == [drawn.people[1]]


def test_another_page_gives_what_was_typed(hand, drawn):
    hand.click(hand.title(drawn.people[2]))
    hand.type("Cleo")
    hand.page.memory()
    hand.settle()
    assert people_names(drawn.library)[drawn.people[2]] == "Cleo"


def test_an_emptied_name_is_taken_away_with_enter_alone(hand, drawn):
    hand.click(hand.title(drawn.people[1]))
    hand.press(Key.Key_Backspace)
    hand.press(Key.Key_Tab)
    assert people_names(drawn.library)[drawn.people[1]] == "Bo"
    hand.click(hand.title(drawn.people[1]))
    hand.press(Key.Key_Backspace)
    hand.press(Key.Key_Return)
    assert drawn.people[1] not in people_names(drawn.library)
    assert hand.shown() == ["Annabel", "Add a name", "Add a name", "Add a name"]


def test_a_name_that_is_refused_is_shown_no_longer(hand, drawn):
    hand.click(hand.title(drawn.people[1]))
    hand.field.setText("B" * 300)
    hand.press(Key.Key_Return)
    assert people_names(drawn.library)[drawn.people[1]] == "Bo"
    assert hand.shown()[1] == "Bo"
    assert "at most 200" in hand.said


def test_the_field_is_wide_enough_and_inside_the_grid(hand, drawn):
    hand.page.tools.zoom.setValue(0)
    hand.click(hand.title(drawn.people[0]))
    place = hand.field.geometry()
    assert place.width() >= 150
    assert hand.grid.viewport().rect().contains(place)
