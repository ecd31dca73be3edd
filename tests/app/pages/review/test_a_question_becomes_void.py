"""What is said elsewhere in the window is not asked any more."""

from engine.library import edits
from tests.app.pages.review.hand import open_review, raise_questions


def test_a_group_that_gets_a_name_is_not_asked_about(qtbot, window, drawn, settle):
    asked = raise_questions(drawn)
    page = open_review(window, settle)
    assert page.questions.current.question.person == asked.group
    window.context.operations.name(asked.group, "Eve")
    settle()
    assert asked.group not in [one.question.person for one in page.questions.waiting]
    assert page.questions.current.question.face in asked.faces


def test_a_face_that_is_set_aside_is_not_asked_about(window, drawn, settle):
    asked = raise_questions(drawn)
    page = open_review(window, settle)
    edits.ignore_faces(drawn.library, [asked.faces[0]])
    settle()
    assert asked.faces[0] not in [one.question.face for one in page.questions.waiting]
    assert asked.faces[1] in [one.question.face for one in page.questions.waiting]


def test_a_new_name_of_the_person_is_shown_at_once(window, drawn, settle):
    raise_questions(drawn)
    page = open_review(window, settle)
    edits.name_person(drawn.library, drawn.people[0], "Adelheid")
    settle()
    assert page.view.headline.text() == "Is this Adelheid?"
    assert page.view.known.caption.text() == "Adelheid"
