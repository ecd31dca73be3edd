"""Undo brings the question back, whatever the answer was and wherever undo is asked for."""

import pytest
from PySide6.QtCore import Qt

from engine.library.answers import postponed
from engine.library.queries import faces_by_id
from tests.app.pages.review.hand import open_review, raise_questions

Key = Qt.Key


@pytest.mark.parametrize("answer", [Key.Key_Y, Key.Key_N, Key.Key_S, Key.Key_1])
def test_z_brings_the_question_back(qtbot, window, drawn, settle, answer):
    asked = raise_questions(drawn)
    page = open_review(window, settle)
    first = page.questions.current.key
    qtbot.keyClick(page, answer)
    settle()
    assert page.questions.current.key != first
    qtbot.keyClick(page, Key.Key_Z)
    settle()
    assert page.questions.current.key == first
    assert page.view.headline.text() == "Is this Ada?"
    assert {row.person for row in faces_by_id(drawn.library, asked.grouped).values()} == {asked.group}
    assert not postponed(drawn.library)


def test_the_last_answers_come_back_one_by_one(qtbot, window, drawn, settle):
    raise_questions(drawn)
    page = open_review(window, settle)
    order = []
    for key in (Key.Key_S, Key.Key_N):
        order.append(page.questions.current.key)
        qtbot.keyClick(page, key)
    settle()
    for key in reversed(order):
        qtbot.keyClick(window, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        settle()
        assert page.questions.current.key == key


def test_redo_answers_again(qtbot, window, drawn, settle):
    raise_questions(drawn)
    page = open_review(window, settle)
    first = page.questions.current.key
    qtbot.keyClick(page, Key.Key_S)
    settle()
    qtbot.keyClick(page, Key.Key_Z)
    settle()
    window.context.operations.redo()
    settle()
    assert page.questions.current.key != first
    assert len(postponed(drawn.library)) == 1


def test_the_last_question_comes_back_from_the_end(qtbot, window, drawn, settle):
    raise_questions(drawn)
    page = open_review(window, settle)
    last = None
    while page.questions.current is not None:
        last = page.questions.current.key
        qtbot.keyClick(page, Key.Key_S)
        settle()
    assert page.empty.isVisible()
    qtbot.keyClick(page, Key.Key_Z)
    settle()
    assert page.questions.current.key == last
    assert page.view.isVisible()
