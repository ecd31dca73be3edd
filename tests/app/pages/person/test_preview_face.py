"""Space shows a face large, in place; what is said then is said of that face."""

from PySide6.QtCore import Qt

from engine.library.queries import faces_by_id
from engine.library.states import Source
from tests.app.pages.person.hand import suggest

Key = Qt.Key


def test_space_arrows_and_esc(open_person, drawn):
    suggest(drawn)
    hand = open_person(drawn.people[0])
    first, second = hand.faces()[:2]
    hand.click(first)
    hand.press(Key.Key_Space)
    preview = hand.board.preview
    assert preview.isVisible()
    assert not hand.grid.isVisible()
    assert preview.face == first
    assert preview.accessibleName().startswith("Suggested")
    assert preview.where.text().startswith("Holiday")
    hand.press(Key.Key_Right)
    assert preview.face == second
    hand.press(Key.Key_Left)
    hand.press(Key.Key_Left)
    assert preview.face == first
    hand.press(Key.Key_Escape)
    assert hand.grid.hasFocus()
    assert hand.grid.current_id() == first
    assert hand.page.isVisible()


def test_answers_go_on_from_face_to_face(open_person, drawn):
    suggest(drawn)
    hand = open_person(drawn.people[0])
    first, second, third, fourth = hand.faces()[:4]
    hand.click(first)
    hand.press(Key.Key_Space)
    hand.press(Key.Key_Y)
    assert hand.board.preview.face == second
    hand.press(Key.Key_Delete)
    assert hand.board.preview.face == third
    rows = faces_by_id(drawn.library, [first, second, third])
    assert (rows[first].person, rows[first].source) == (drawn.people[0], Source.USER)
    assert rows[second].person is None
    assert (rows[third].person, rows[third].source) == (drawn.people[0], Source.CLUSTER)
    hand.press(Key.Key_Space)
    assert not hand.board.preview.isVisible()
    assert hand.faces()[:2] == [third, fourth]
    assert hand.grid.selected_ids() == [third], "what is said next is said of the face that was seen last"
    assert hand.page.faces.strip.isVisible()


def test_a_preview_inside_a_selection_keeps_it(open_person, drawn):
    suggest(drawn)
    hand = open_person(drawn.people[0])
    chosen = hand.faces()[:3]
    hand.choose(*chosen)
    hand.press(Key.Key_Space)
    assert not hand.page.faces.strip.isVisible()
    hand.press(Key.Key_Space)
    assert hand.grid.selected_ids() == chosen
