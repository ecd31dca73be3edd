"""Not sure: the question is not asked for a month."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt

from engine.library.answers import postponed
from tests.app.pages.review.hand import raise_questions

Key = Qt.Key


@pytest.mark.parametrize("key", [Key.Key_S, Key.Key_Space])
def test_not_sure_puts_a_question_off(open_review, drawn, settle, key):
    asked = raise_questions(drawn)
    hand = open_review()
    first = hand.asked
    hand.press(key)
    (waiting,) = postponed(drawn.library)
    assert {waiting.first_id, waiting.second_id} == {asked.group, drawn.people[0]}
    assert timedelta(days=29) < waiting.until - datetime.now(UTC) <= timedelta(days=30)
    hand.page.questions.want()
    settle()
    assert first.key not in [one.key for one in hand.waiting()]


def test_space_on_a_button_presses_the_button(open_review, qtbot, drawn, settle):
    raise_questions(drawn)
    hand = open_review()
    hand.page.view.known.large.setFocus()
    qtbot.keyClick(hand.page.view.known.large, Key.Key_Space)
    settle()
    assert not postponed(drawn.library)
    assert hand.here.page == "photo"
