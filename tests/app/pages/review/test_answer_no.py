"""No: the face is refused, the group is told apart, and neither is asked again."""

import pytest
from PySide6.QtCore import Qt

from engine.library.answers import distinct_people, rejections
from engine.library.queries import faces_by_id
from tests.app.pages.review.hand import open_review, raise_questions

Key = Qt.Key


@pytest.mark.parametrize("key", [Key.Key_N, Key.Key_Delete])
def test_a_no_tells_a_group_and_a_person_apart(qtbot, window, drawn, settle, key):
    asked = raise_questions(drawn)
    page = open_review(window, settle)
    qtbot.keyClick(page, key)
    settle()
    pair = sorted((drawn.people[0], asked.group))
    assert distinct_people(drawn.library).tolist() == [pair]
    assert all(sorted((one.question.person or 0, one.question.other)) != pair for one in page.questions.waiting)


def test_a_no_refuses_a_face(qtbot, window, drawn, settle):
    raise_questions(drawn)
    page = open_review(window, settle)
    qtbot.keyClick(page, Key.Key_Y)
    face = page.questions.current.question.face
    qtbot.keyClick(page, Key.Key_N)
    settle()
    assert rejections(drawn.library).tolist() == [[face, drawn.people[0]]]
    assert faces_by_id(drawn.library, [face])[face].person is None
