"""Yes: by letter, by Enter, by the button."""

import pytest
from PySide6.QtCore import Qt

from engine.library.queries import faces_by_id, people_names
from engine.library.states import Source
from tests.app.conftest import widget_named
from tests.app.pages.review.hand import raise_questions

Key = Qt.Key


@pytest.mark.parametrize("key", [Key.Key_Y, Key.Key_Return, Key.Key_Enter])
def test_a_yes_joins_a_group_with_the_person(open_review, drawn, settle, key):
    asked = raise_questions(drawn)
    hand = open_review()
    assert hand.headline == "Is this Ada?"
    assert hand.asked.question.person == asked.group
    hand.strike(key)
    assert hand.asked.question.face in asked.faces, "the next question stands there at once"
    assert hand.page.view.asked.caption.text() == "This face"
    settle()
    rows = faces_by_id(drawn.library, asked.grouped)
    assert {(row.person, row.source) for row in rows.values()} == {(drawn.people[0], Source.USER)}
    assert asked.group not in people_names(drawn.library)


def test_a_yes_by_the_button_confirms_a_face(open_review, drawn):
    asked = raise_questions(drawn)
    hand = open_review()
    hand.strike(Key.Key_Y)
    face = hand.asked.question.face
    hand.click_on(widget_named(hand.page, "Yes, key Y"))
    row = faces_by_id(drawn.library, [face])[face]
    assert (row.person, row.source) == (drawn.people[0], Source.USER)
    assert hand.asked.question.face == (set(asked.faces) - {face}).pop()


def test_the_sidebar_counts_what_is_left(open_review, window, drawn, settle):
    raise_questions(drawn)
    hand = open_review()
    item = window.sidebar.pages.item(1)
    assert item.data(Qt.ItemDataRole.AccessibleTextRole) == f"Review, {len(hand.waiting())}"
    before = len(hand.waiting())
    hand.strike(Key.Key_Y)
    assert 0 < len(hand.waiting()) < before
    assert item.data(Qt.ItemDataRole.AccessibleTextRole) == f"Review, {len(hand.waiting())}"
    settle()
