"""Somebody else: the likely names have numbers."""

from PySide6.QtCore import Qt

from engine.library.edits import name_person
from engine.library.queries import faces_by_id, people_names, people_rows
from engine.library.states import Source
from tests.app.conftest import PLENTY_MS
from tests.app.pages.review.hand import raise_questions

Key = Qt.Key


def test_a_digit_gives_a_group_to_the_person_of_that_name(open_review, drawn):
    asked = raise_questions(drawn)
    hand = open_review()
    names = [row.name for row in hand.asked.likely]
    assert sorted(names) == ["Bo", "Cleo", "Dora"], "everybody but the one who is asked about"
    second = hand.asked.likely[1]
    hand.press(Key.Key_2)
    rows = faces_by_id(drawn.library, asked.grouped).values()
    assert {(row.person, row.name, row.source) for row in rows} == {(second.person, second.name, Source.USER)}
    assert people_names(drawn.library)[second.person] == second.name


def test_whoever_was_named_since_is_offered_after_the_others(open_review, qtbot, drawn):
    raise_questions(drawn)
    name_person(drawn.library, drawn.people[3], "")
    hand = open_review()
    asking, before = hand.asked, hand.page.view.chips.shown
    assert len(before) == 2
    name_person(drawn.library, drawn.people[3], "Dora")
    hand.page.questions.want()
    qtbot.waitUntil(lambda: len(hand.page.view.chips.shown) == 3, timeout=PLENTY_MS)
    assert hand.asked.key == asking.key
    assert hand.page.view.chips.shown == [*before, drawn.people[3]], "numbers that were seen stay whose they were"


def test_a_click_on_a_name_gives_it_a_face(open_review, drawn):
    raise_questions(drawn)
    hand = open_review()
    hand.strike(Key.Key_Y)
    asked = hand.asked
    hand.click_on(hand.page.view.chips.buttons[0])
    assert faces_by_id(drawn.library, [asked.question.face])[asked.question.face].person == asked.likely[0].person


def test_a_digit_without_a_name_does_nothing(open_review, drawn):
    raise_questions(drawn)
    hand = open_review()
    before, people = hand.asked, people_rows(drawn.library)
    hand.press(Key.Key_9)
    assert hand.asked.key == before.key
    assert people_rows(drawn.library) == people
