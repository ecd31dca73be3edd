"""From a face to its photo and back, to where one was."""

import pytest
from PySide6.QtCore import Qt

from app.session.navigation import Place
from engine.library.queries import faces_by_id
from tests.app.drawn import name_people

Key = Qt.Key


@pytest.mark.parametrize("by", ["double click", "Enter"])
def test_a_face_opens_its_photo_and_back_keeps_everything(open_person, window, drawn, settle, by):
    name_people(drawn, "Ada")
    hand = open_person(drawn.people[0])
    for _ in range(6):
        hand.press(Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    face = hand.faces()[6]
    hand.click(hand.faces()[5])
    hand.grid.scrollTo(hand.model.index(6))
    scrolled = hand.grid.verticalScrollBar().value()
    assert scrolled > 0
    if by == "Enter":
        hand.press(Key.Key_Right)
        hand.press(Key.Key_Return)
    else:
        hand.open(face)
    photo = faces_by_id(drawn.library, [face])[face].photo_id
    assert hand.here == Place("photo", photo)
    assert set(window.context.navigator.trail.tolist()) == {
        row.photo_id for row in faces_by_id(drawn.library, drawn.faces[0]).values()
    }
    window.context.navigator.back()
    settle()
    assert hand.here == Place("person", drawn.people[0])
    assert hand.grid.verticalScrollBar().value() == scrolled
    assert hand.grid.current_id() == face
    assert hand.grid.selected_ids() == [face]
