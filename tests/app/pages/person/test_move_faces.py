"""Moving faces to somebody: by name, by number, to somebody new."""

import numpy as np
from PySide6.QtCore import Qt

from engine.library.queries import faces_by_id, people_names, people_rows
from engine.library.states import Source
from tests.app.drawn import name_people
from tests.app.faces.hand import PersonHand

Key = Qt.Key


def owners(library, faces):
    return {row.person for row in faces_by_id(library, faces).values()}


def begin(window, drawn, qtbot, settle):
    """Ask to whom two of Ada's faces go."""
    name_people(drawn, "Ada", "Bo", "Cleo", "Dora")
    hand = PersonHand(window, qtbot, settle, drawn.people[0])
    moved = drawn.faces[0][:2]
    hand.choose(*moved)
    hand.press(Key.Key_M)
    bar = hand.page.faces.answers.move_bar
    assert bar.isVisible()
    assert bar.question.text() == "Move 2 faces to"
    assert not hand.page.faces.bar.isVisible()
    return hand, bar, moved


def test_a_name_that_is_known_moves_to_that_person(window, drawn, qtbot, settle):
    hand, bar, moved = begin(window, drawn, qtbot, settle)
    hand.type("bo")
    hand.press(Key.Key_Return)
    assert owners(drawn.library, moved) == {drawn.people[1]}
    assert {row.source for row in faces_by_id(drawn.library, moved).values()} == {Source.USER}
    assert not bar.isVisible()
    assert "2 faces moved to Bo" in window.messages.text.text()
    assert not set(moved) & set(hand.faces())
    assert len(people_names(drawn.library)) == 4


def test_a_known_name_can_be_chosen_below_the_field(window, drawn, qtbot, settle):
    hand, bar, moved = begin(window, drawn, qtbot, settle)
    hand.type("d")
    assert bar.who.edit.offered == ["Dora"]
    hand.press(Key.Key_Down)
    hand.press(Key.Key_Return)
    assert owners(drawn.library, moved) == {drawn.people[3]}


def test_a_new_name_makes_somebody(window, drawn, qtbot, settle):
    hand, _bar, moved = begin(window, drawn, qtbot, settle)
    hand.type("Emil")
    hand.press(Key.Key_Return)
    (person,) = owners(drawn.library, moved)
    assert people_names(drawn.library)[person] == "Emil"


def test_somebody_new_without_a_name(window, drawn, qtbot, settle):
    hand, bar, moved = begin(window, drawn, qtbot, settle)
    hand.click_button(bar, "Somebody new")
    (person,) = owners(drawn.library, moved)
    assert person not in drawn.people
    assert [row.name for row in people_rows(drawn.library, only=[person])] == [None]


def test_a_number_picks_a_likely_person_the_likeliest_first(window, drawn, qtbot, settle):
    name_people(drawn, "Ada", "Bo", "Cleo", "Dora")
    hand = PersonHand(window, qtbot, settle, drawn.people[0])
    hand.click(drawn.faces[0][0])
    hand.press(Key.Key_M)
    bar = hand.page.faces.answers.move_bar
    likely = bar.who.chips.shown
    assert sorted(likely) == sorted(drawn.people[1:])
    hand.press(Key.Key_2)
    assert owners(drawn.library, drawn.faces[0][:1]) == {likely[1]}


def test_esc_moves_nothing_and_stays_on_the_page(window, drawn, qtbot, settle):
    hand, bar, moved = begin(window, drawn, qtbot, settle)
    hand.press(Key.Key_Escape)
    assert not bar.isVisible()
    assert hand.page.isVisible()
    assert hand.page.faces.bar.isVisible()
    assert owners(drawn.library, moved) == {drawn.people[0]}
    assert np.array_equal(np.sort(hand.grid.selected_ids()), np.sort(moved))
