"""Moving faces to somebody: by name, by number, to somebody new."""

import numpy as np
from PySide6.QtCore import Qt

from engine.library.queries import faces_by_id, people_names, people_rows
from engine.library.states import Source
from tests.app.drawn import name_people

Key = Qt.Key


def owners(library, faces):
    return {row.person for row in faces_by_id(library, faces).values()}


def begin(open_person, drawn):
    """Ask to whom two of Ada's faces go."""
    name_people(drawn, "Ada", "Bo", "Cleo", "Dora")
    hand = open_person(drawn.people[0])
    moved = drawn.faces[0][:2]
    hand.choose(*moved)
    hand.press(Key.Key_M)
    bar = hand.page.faces.commands.move_bar
    assert bar.isVisible()
    assert bar.question.text() == "Move 2 faces to"
    assert not hand.page.faces.bar.isVisible()
    return hand, bar, moved


def test_a_name_that_is_known_moves_to_that_person(open_person, drawn):
    hand, bar, moved = begin(open_person, drawn)
    hand.type("bo")
    hand.press(Key.Key_Return)
    assert owners(drawn.library, moved) == {drawn.people[1]}
    assert {row.source for row in faces_by_id(drawn.library, moved).values()} == {Source.USER}
    assert not bar.isVisible()
    assert "2 faces moved to Bo" in hand.said
    assert not set(moved) & set(hand.faces())
    assert len(people_names(drawn.library)) == 4


def test_a_known_name_can_be_chosen_below_the_field(open_person, drawn):
    hand, bar, moved = begin(open_person, drawn)
    hand.type("d")
    assert bar.who.edit.offered == ["Dora"]
    hand.press(Key.Key_Down)
    hand.press(Key.Key_Return)
    assert owners(drawn.library, moved) == {drawn.people[3]}


def test_a_new_name_makes_somebody(open_person, drawn):
    hand, _bar, moved = begin(open_person, drawn)
    hand.type("Emil")
    hand.press(Key.Key_Return)
    (person,) = owners(drawn.library, moved)
    assert people_names(drawn.library)[person] == "Emil"


def test_somebody_new_without_a_name(open_person, drawn):
    hand, bar, moved = begin(open_person, drawn)
    hand.click_button(bar, "Somebody new")
    (person,) = owners(drawn.library, moved)
    assert person not in drawn.people
    assert [row.name for row in people_rows(drawn.library, only=[person])] == [None]


def test_a_number_picks_a_likely_person_the_likeliest_first(open_person, drawn):
    name_people(drawn, "Ada", "Bo", "Cleo", "Dora")
    hand = open_person(drawn.people[0])
    hand.click(drawn.faces[0][0])
    hand.press(Key.Key_M)
    bar = hand.page.faces.commands.move_bar
    likely = bar.who.chips.shown
    assert sorted(likely) == sorted(drawn.people[1:])
    hand.press(Key.Key_2)
    assert owners(drawn.library, drawn.faces[0][:1]) == {likely[1]}


def test_esc_moves_nothing_and_stays_on_the_page(open_person, drawn):
    hand, bar, moved = begin(open_person, drawn)
    hand.press(Key.Key_Escape)
    assert not bar.isVisible()
    assert hand.page.isVisible()
    assert hand.page.faces.bar.isVisible()
    assert owners(drawn.library, moved) == {drawn.people[0]}
    assert np.array_equal(np.sort(hand.grid.selected_ids()), np.sort(moved))
