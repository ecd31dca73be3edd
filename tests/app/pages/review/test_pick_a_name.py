"""Somebody else: the likely names have numbers."""

from PySide6.QtCore import Qt

from engine.library.edits import name_person
from engine.library.queries import faces_by_id, people_names, people_rows
from engine.library.states import Source
from tests.app.conftest import PLENTY_MS
from tests.app.pages.review.hand import open_review, raise_questions

Key = Qt.Key


def test_a_digit_gives_a_group_to_the_person_of_that_name(qtbot, window, drawn, settle):
    asked = raise_questions(drawn)
    page = open_review(window, settle)
    names = [row.name for row in page.questions.current.likely]
    assert sorted(names) == ["Bo", "Cleo", "Dora"], "everybody but the one who is asked about"
    second = page.questions.current.likely[1]
    qtbot.keyClick(page, Key.Key_2)
    settle()
    rows = faces_by_id(drawn.library, asked.grouped).values()
    assert {(row.person, row.name, row.source) for row in rows} == {(second.person, second.name, Source.USER)}
    assert people_names(drawn.library)[second.person] == second.name


def test_whoever_was_named_since_is_offered_after_the_others(qtbot, window, drawn, settle):
    raise_questions(drawn)
    name_person(drawn.library, drawn.people[3], "")
    page = open_review(window, settle)
    asking, before = page.questions.current, page.view.chips.shown
    assert len(before) == 2
    name_person(drawn.library, drawn.people[3], "Dora")
    page.questions.want()
    qtbot.waitUntil(lambda: len(page.view.chips.shown) == 3, timeout=PLENTY_MS)
    assert page.questions.current.key == asking.key
    assert page.view.chips.shown == [*before, drawn.people[3]], "numbers that were seen stay whose they were"


def test_a_click_on_a_name_gives_it_a_face(qtbot, window, drawn, settle):
    raise_questions(drawn)
    page = open_review(window, settle)
    qtbot.keyClick(page, Key.Key_Y)
    asked = page.questions.current
    qtbot.mouseClick(page.view.chips.buttons[0], Qt.MouseButton.LeftButton)
    settle()
    assert faces_by_id(drawn.library, [asked.question.face])[asked.question.face].person == asked.likely[0].person


def test_a_digit_without_a_name_does_nothing(qtbot, window, drawn, settle):
    raise_questions(drawn)
    page = open_review(window, settle)
    before, people = page.questions.current, people_rows(drawn.library)
    qtbot.keyClick(page, Key.Key_9)
    settle()
    assert page.questions.current.key == before.key
    assert people_rows(drawn.library) == people
