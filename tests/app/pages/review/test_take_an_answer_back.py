"""Undo brings the question back, whatever the answer was and wherever undo is asked for."""

import pytest
from PySide6.QtCore import Qt

from engine.library.answers import postponed
from engine.library.queries import faces_by_id
from tests.app.pages.review.hand import raise_questions

Key = Qt.Key


@pytest.mark.parametrize("answer", [Key.Key_Y, Key.Key_N, Key.Key_S, Key.Key_1])
def test_z_brings_the_question_back(open_review, drawn, answer):
    asked = raise_questions(drawn)
    hand = open_review()
    first = hand.asked.key
    hand.press(answer)
    assert hand.asked.key != first
    hand.press(Key.Key_Z)
    assert hand.asked.key == first
    assert hand.headline == "Is this Ada?"
    assert {row.person for row in faces_by_id(drawn.library, asked.grouped).values()} == {asked.group}
    assert not postponed(drawn.library)


def test_the_last_answers_come_back_one_by_one(open_review, drawn):
    raise_questions(drawn)
    hand = open_review()
    order = []
    for key in (Key.Key_S, Key.Key_N):
        order.append(hand.asked.key)
        hand.strike(key)
    hand.settle()
    for key in reversed(order):
        hand.undo()
        assert hand.asked.key == key


def test_redo_answers_again(open_review, window, drawn, settle):
    raise_questions(drawn)
    hand = open_review()
    first = hand.asked.key
    hand.press(Key.Key_S)
    hand.press(Key.Key_Z)
    window.context.operations.redo()
    settle()
    assert hand.asked.key != first
    assert len(postponed(drawn.library)) == 1


def test_the_last_question_comes_back_from_the_end(open_review, drawn):
    raise_questions(drawn)
    hand = open_review()
    last = None
    while hand.page.questions.current is not None:
        last = hand.asked.key
        hand.press(Key.Key_S)
    assert hand.page.empty.isVisible()
    hand.press(Key.Key_Z)
    assert hand.asked.key == last
    assert hand.page.view.isVisible()
