"""Somebody who is shown vanishes: the page says so and leads back."""

from PySide6.QtCore import Qt

from engine.library.edits import merge_people, reject_faces
from engine.library.history import undo
from tests.app.drawn import name_people

Key = Qt.Key


def test_a_merged_person_is_gone_until_it_is_undone(open_person, drawn, settle):
    hand = open_person(drawn.people[0])
    merge_people(drawn.library, drawn.people[1], [drawn.people[0]])
    settle()
    gone = hand.page.gone
    assert gone.isVisible()
    assert gone.headline.text() == "Nobody is here any more"
    assert not hand.page.acts["reject"].isEnabled()
    undo(drawn.library)
    settle()
    assert not gone.isVisible()
    assert sorted(hand.faces()) == sorted(drawn.faces[0])


def test_the_button_leads_back(open_person, drawn, settle):
    hand = open_person(drawn.people[0])
    merge_people(drawn.library, drawn.people[1], [drawn.people[0]])
    settle()
    hand.click_button(hand.page.gone, "Back")
    assert hand.here.page == "people"


def test_a_name_without_faces_stays_a_person(open_person, drawn, settle):
    name_people(drawn, "Ada")
    hand = open_person(drawn.people[0])
    reject_faces(drawn.library, drawn.people[0], drawn.faces[0])
    settle()
    assert hand.page.gone.isVisible()
    assert hand.page.gone.sentence.text() == "No face is Ada now."
    assert hand.page.header.name.text() == "Ada"
    undo(drawn.library)
    settle()
    assert len(hand.faces()) == 9
