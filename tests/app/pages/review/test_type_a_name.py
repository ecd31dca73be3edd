"""Somebody else still: a name is typed below the question."""

from PySide6.QtCore import Qt

from engine.library.queries import faces_by_id, people_names
from tests.app.pages.review.hand import open_review, raise_questions

Key = Qt.Key


def type_name(qtbot, page, name):
    qtbot.keyClick(page, Key.Key_F2)
    assert page.view.name.hasFocus()
    qtbot.keyClicks(page.view.name, name)
    qtbot.keyClick(page.view.name, Key.Key_Return)


def test_a_new_name_makes_a_person_of_the_group(qtbot, window, drawn, settle):
    asked = raise_questions(drawn)
    page = open_review(window, settle)
    type_name(qtbot, page, "Synn")
    settle()
    assert people_names(drawn.library)[asked.group] == "Synn", "letters that are keys of answers are letters here"
    assert {row.person for row in faces_by_id(drawn.library, asked.grouped).values()} == {asked.group}
    qtbot.keyClick(page, Key.Key_Y)
    settle()
    owner = faces_by_id(drawn.library, asked.faces)
    assert drawn.people[0] in {row.person for row in owner.values()}, "the keys answer again after a name was given"


def test_a_new_name_makes_a_person_of_a_face(qtbot, window, drawn, settle):
    raise_questions(drawn)
    page = open_review(window, settle)
    qtbot.keyClick(page, Key.Key_Y)
    face = page.questions.current.question.face
    type_name(qtbot, page, "Synn")
    settle()
    assert faces_by_id(drawn.library, [face])[face].name == "Synn"


def test_a_known_name_merges_a_group_with_nobody_unasked(qtbot, window, drawn, settle):
    asked = raise_questions(drawn)
    page = open_review(window, settle)
    type_name(qtbot, page, "Cleo")
    settle()
    assert {row.person for row in faces_by_id(drawn.library, asked.grouped).values()} == {asked.group}
    assert sorted(people_names(drawn.library).values()) == ["Ada", "Bo", "Cleo", "Cleo", "Dora"]
    assert window.namesakes.isVisible()
    assert window.namesakes.pair == (asked.group, drawn.people[2])


def test_a_name_chosen_from_the_list_merges_a_group_with_nobody_either(qtbot, window, drawn, settle):
    asked = raise_questions(drawn)
    page = open_review(window, settle)
    qtbot.keyClick(page, Key.Key_F2)
    qtbot.keyClicks(page.view.name, "cl")
    qtbot.keyClick(page.view.name, Key.Key_Down)
    qtbot.keyClick(page.view.name, Key.Key_Return)
    settle()
    assert people_names(drawn.library)[asked.group] == "Cleo"
    assert window.namesakes.isVisible()


def test_a_known_name_gives_a_face_to_its_person(qtbot, window, drawn, settle):
    raise_questions(drawn)
    page = open_review(window, settle)
    qtbot.keyClick(page, Key.Key_Y)
    face = page.questions.current.question.face
    type_name(qtbot, page, "cleo")
    settle()
    assert faces_by_id(drawn.library, [face])[face].person == drawn.people[2]
    assert not window.namesakes.isVisible()


def test_escape_leaves_the_field_and_the_question(qtbot, window, drawn, settle):
    raise_questions(drawn)
    page = open_review(window, settle)
    before = page.questions.current
    qtbot.keyClick(page, Key.Key_F2)
    qtbot.keyClicks(page.view.name, "Nobo")
    qtbot.keyClick(page.view.name, Key.Key_Escape)
    assert not page.view.name.text()
    assert not page.view.name.hasFocus()
    assert page.questions.current is before
    assert window.context.navigator.here.page == "review"
    settle()
