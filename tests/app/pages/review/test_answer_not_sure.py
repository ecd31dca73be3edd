"""Not sure: the question is not asked for a month."""

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import Qt

from engine.library.answers import postponed
from tests.app.pages.review.hand import raise_questions

Key = Qt.Key


def test_not_sure_puts_a_question_off(open_review, drawn, settle):
    asked = raise_questions(drawn)
    hand = open_review()
    first = hand.asked
    hand.press(Key.Key_S)
    (waiting,) = postponed(drawn.library)
    assert {waiting.first_id, waiting.second_id} == {asked.group, drawn.people[0]}
    assert timedelta(days=29) < waiting.until - datetime.now(UTC) <= timedelta(days=30)
    hand.page.questions.want()
    settle()
    assert first.key not in [one.key for one in hand.waiting()]


def test_space_looks_at_the_face_larger_as_on_every_page(open_review, drawn):
    raise_questions(drawn)
    hand = open_review()
    hand.press(Key.Key_Space)
    assert hand.here.page == "photo"
    assert not postponed(drawn.library)
    hand.press(Key.Key_Escape)
    assert hand.here.page == "review"


def test_likeness_is_said_in_the_tool_tip_alone(open_review, drawn):
    raise_questions(drawn)
    view = open_review().page.view
    assert "0." not in view.reasons.text()
    assert "0." in view.reasons.toolTip()


def test_space_on_a_button_presses_the_button(open_review, qtbot, drawn, settle):
    raise_questions(drawn)
    hand = open_review()
    hand.page.view.known.large.setFocus()
    qtbot.keyClick(hand.page.view.known.large, Key.Key_Space)
    settle()
    assert not postponed(drawn.library)
    assert hand.here.page == "photo"
