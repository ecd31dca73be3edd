"""What is said elsewhere in the window is not asked any more."""

from engine.library import edits
from tests.app.pages.review.hand import raise_questions


def test_a_group_that_gets_a_name_is_not_asked_about(open_review, window, drawn, settle):
    asked = raise_questions(drawn)
    hand = open_review()
    assert hand.asked.question.person == asked.group
    window.context.operations.name(asked.group, "Eve")
    settle()
    assert asked.group not in [one.question.person for one in hand.waiting()]
    assert hand.asked.question.face in asked.faces


def test_a_face_that_is_set_aside_is_not_asked_about(open_review, drawn, settle):
    asked = raise_questions(drawn)
    hand = open_review()
    edits.ignore_faces(drawn.library, [asked.faces[0]])
    settle()
    assert asked.faces[0] not in [one.question.face for one in hand.waiting()]
    assert asked.faces[1] in [one.question.face for one in hand.waiting()]


def test_a_new_name_of_the_person_is_shown_at_once(open_review, drawn, settle):
    raise_questions(drawn)
    hand = open_review()
    edits.name_person(drawn.library, drawn.people[0], "Adelheid")
    settle()
    assert hand.headline == "Is this Adelheid?"
    assert hand.page.view.known.caption.text() == "Adelheid"
