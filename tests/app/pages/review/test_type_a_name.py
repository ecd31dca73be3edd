"""Somebody else still: a name is typed below the question."""

from PySide6.QtCore import Qt

from engine.library.queries import faces_by_id, people_names
from tests.app.pages.review.hand import raise_questions

Key = Qt.Key


def test_a_new_name_makes_a_person_of_the_group(open_review, drawn):
    asked = raise_questions(drawn)
    hand = open_review()
    hand.give_name("Synn")
    assert people_names(drawn.library)[asked.group] == "Synn", "letters that are keys of answers are letters here"
    assert {row.person for row in faces_by_id(drawn.library, asked.grouped).values()} == {asked.group}
    hand.press(Key.Key_Y)
    owner = faces_by_id(drawn.library, asked.faces)
    assert drawn.people[0] in {row.person for row in owner.values()}, "the keys answer again after a name was given"


def test_a_new_name_makes_a_person_of_a_face(open_review, drawn):
    raise_questions(drawn)
    hand = open_review()
    hand.strike(Key.Key_Y)
    face = hand.asked.question.face
    hand.give_name("Synn")
    assert faces_by_id(drawn.library, [face])[face].name == "Synn"


def test_a_known_name_merges_a_group_with_nobody_unasked(open_review, window, drawn):
    asked = raise_questions(drawn)
    hand = open_review()
    hand.give_name("Cleo")
    assert {row.person for row in faces_by_id(drawn.library, asked.grouped).values()} == {asked.group}
    assert sorted(people_names(drawn.library).values()) == ["Ada", "Bo", "Cleo", "Cleo", "Dora"]
    assert window.namesakes.isVisible()
    assert window.namesakes.pair == (asked.group, drawn.people[2])


def test_a_name_chosen_from_the_list_merges_a_group_with_nobody_either(open_review, qtbot, window, drawn, settle):
    asked = raise_questions(drawn)
    hand = open_review()
    hand.strike(Key.Key_F2)
    qtbot.keyClicks(hand.page.view.name, "cl")
    qtbot.keyClick(hand.page.view.name, Key.Key_Down)
    qtbot.keyClick(hand.page.view.name, Key.Key_Return)
    settle()
    assert people_names(drawn.library)[asked.group] == "Cleo"
    assert window.namesakes.isVisible()


def test_a_known_name_gives_a_face_to_its_person(open_review, window, drawn):
    raise_questions(drawn)
    hand = open_review()
    hand.strike(Key.Key_Y)
    face = hand.asked.question.face
    hand.give_name("cleo")
    assert faces_by_id(drawn.library, [face])[face].person == drawn.people[2]
    assert not window.namesakes.isVisible()


def test_escape_leaves_the_field_and_the_question(open_review, qtbot, drawn, settle):
    raise_questions(drawn)
    hand = open_review()
    before = hand.asked
    hand.strike(Key.Key_F2)
    qtbot.keyClicks(hand.page.view.name, "Nobo")
    qtbot.keyClick(hand.page.view.name, Key.Key_Escape)
    assert not hand.page.view.name.text()
    assert not hand.page.view.name.hasFocus()
    assert hand.page.questions.current is before
    assert hand.here.page == "review"
    settle()
