"""No: these faces are not this person."""

import pytest
from PySide6.QtCore import Qt

from engine.library.answers import rejections
from engine.library.history import undo
from engine.library.queries import faces_by_id
from tests.app.pages.person.hand import suggest

Key = Qt.Key


@pytest.mark.parametrize("key", [Key.Key_Delete, Key.Key_N])
def test_no_by_key_is_remembered_and_can_be_taken_back(open_person, window, drawn, settle, key):
    given = suggest(drawn)
    hand = open_person(drawn.people[0])
    hand.choose(*given[:2])
    hand.press(key)
    assert drawn.people[0] not in {row.person for row in faces_by_id(drawn.library, given[:2]).values()}
    assert hand.page.faces.refused.isVisible()
    assert sorted(rejections(drawn.library).tolist()) == sorted([face, drawn.people[0]] for face in given[:2])
    assert not set(given[:2]) & set(hand.faces())
    assert window.messages.isVisible()
    assert "Said no to 2 faces" in hand.said
    undo(drawn.library)
    settle()
    assert set(given) <= set(hand.faces())


def test_no_by_button(open_person, drawn):
    given = suggest(drawn)
    hand = open_person(drawn.people[0])
    hand.click(given[0])
    hand.click_button(hand.page.faces.bar, "Not Ada")
    assert faces_by_id(drawn.library, given[:1])[given[0]].person is None
    assert len(hand.faces()) == 8
