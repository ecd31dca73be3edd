"""No: the face is refused, the group is told apart, and neither is asked again."""

import pytest
from PySide6.QtCore import Qt

from engine.library.answers import distinct_people, rejections
from engine.library.queries import faces_by_id
from tests.app.pages.review.hand import raise_questions

Key = Qt.Key


@pytest.mark.parametrize("key", [Key.Key_N, Key.Key_Delete])
def test_a_no_tells_a_group_and_a_person_apart(open_review, drawn, key):
    asked = raise_questions(drawn)
    hand = open_review()
    hand.press(key)
    pair = sorted((drawn.people[0], asked.group))
    assert distinct_people(drawn.library).tolist() == [pair]
    assert all(sorted((one.question.person or 0, one.question.other)) != pair for one in hand.waiting())


def test_a_no_refuses_a_face(open_review, drawn):
    raise_questions(drawn)
    hand = open_review()
    hand.strike(Key.Key_Y)
    face = hand.asked.question.face
    hand.press(Key.Key_N)
    assert rejections(drawn.library).tolist() == [[face, drawn.people[0]]]
    assert faces_by_id(drawn.library, [face])[face].person is None
