"""Yes to suggested faces: to one, to some, to all."""

from PySide6.QtCore import Qt

from engine.library.history import undo
from engine.library.queries import faces_by_id
from engine.library.states import Source
from tests.app.hand import SHIFT
from tests.app.pages.person.hand import suggest

Key = Qt.Key


def sources(library, faces):
    return {row.source for row in faces_by_id(library, faces).values()}


def test_suggestions_stand_apart_with_their_question(open_person, drawn):
    given = suggest(drawn)
    hand = open_person(drawn.people[0])
    assert set(hand.faces()[:4]) == set(given)
    assert hand.sections() == [("", 4), ("2010", 5)]
    strip = hand.page.faces.strip
    assert strip.isVisible()
    assert strip.accessibleName() == "Is this Ada? 4 suggestions"
    assert all(hand.spoken(face).startswith("Suggested") for face in given)
    assert all(hand.spoken(face).startswith("Confirmed") for face in drawn.faces[0][:5])


def test_yes_by_key_confirms_those_selected(open_person, drawn):
    given = suggest(drawn)
    hand = open_person(drawn.people[0])
    hand.choose(*hand.faces()[:2])
    chosen = hand.grid.selected_ids()
    hand.press(Key.Key_Y)
    assert sources(drawn.library, chosen) == {Source.USER}
    left = [face for face in given if face not in chosen]
    assert sources(drawn.library, left) == {Source.CLUSTER}
    assert set(hand.faces()[:2]) == set(left)
    assert hand.page.faces.strip.accessibleName() == "Is this Ada? 2 suggestions"
    assert hand.grid.selected_ids() == []


def test_one_yes_leads_to_the_next(open_person, drawn):
    given = suggest(drawn)
    hand = open_person(drawn.people[0])
    first, second = hand.faces()[:2]
    hand.click(first)
    hand.press(Key.Key_Y)
    assert hand.grid.selected_ids() == [second]
    hand.press(Key.Key_Y)
    assert sources(drawn.library, [first, second]) == {Source.USER}
    assert sources(drawn.library, [face for face in given if face not in (first, second)]) == {Source.CLUSTER}


def test_yes_to_all_by_button_and_back(open_person, drawn, settle):
    given = suggest(drawn)
    hand = open_person(drawn.people[0])
    hand.click_button(hand.page.faces.strip, "Yes to the 4 sure ones")
    assert sources(drawn.library, given) == {Source.USER}
    assert not hand.page.faces.strip.isVisible()
    assert hand.sections() == [("2010", 9)]
    undo(drawn.library)
    settle()
    assert hand.page.faces.strip.isVisible()
    hand.press(Key.Key_Y, SHIFT)
    assert sources(drawn.library, given) == {Source.USER}


def test_confirmed_faces_have_nothing_to_confirm(open_person, drawn):
    suggest(drawn)
    hand = open_person(drawn.people[0])
    hand.click(drawn.faces[0][0])
    assert not hand.page.acts["confirm"].isEnabled()
    assert hand.page.acts["reject"].isEnabled()
