"""Not a face, or a stranger: set aside from a person's page."""

from PySide6.QtCore import Qt

from engine.library.queries import counts, faces_by_id

Key = Qt.Key


def test_faces_set_aside_leave_the_person(open_person, window, drawn):
    hand = open_person(drawn.people[1])
    hand.press(Key.Key_Escape)
    hand.choose(*drawn.faces[1][:2])
    hand.press(Key.Key_I)
    assert {(row.person, row.ignored) for row in faces_by_id(drawn.library, drawn.faces[1][:2]).values()} == {
        (None, True)
    }
    assert counts(drawn.library).ignored == 2
    assert len(hand.faces()) == 4
    hand.click_on(window.messages.button)
    assert counts(drawn.library).ignored == 0
    assert len(hand.faces()) == 6
