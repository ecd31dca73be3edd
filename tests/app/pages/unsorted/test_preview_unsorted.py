"""A face of nobody, large, named there; and the photo, and back to where one was."""

from PySide6.QtCore import Qt

from app.session.navigation import Place
from engine.library.queries import faces_by_id
from tests.app.pages.unsorted.hand import scatter

Key = Qt.Key


def test_a_face_shown_large_is_named_and_the_next_follows(open_unsorted, drawn):
    four, _two, _alone = scatter(drawn)
    hand = open_unsorted()
    first, second = hand.faces()[:2]
    hand.click(first)
    hand.press(Key.Key_Space)
    hand.press(Key.Key_F2)
    assert hand.page.commands.who.edit.hasFocus()
    hand.type("Ada")
    hand.press(Key.Key_Return)
    assert faces_by_id(drawn.library, four)[first].person == drawn.people[0]
    assert faces_by_id(drawn.library, four)[second].person is None
    assert hand.board.preview.face == second
    hand.press(Key.Key_Escape)
    assert hand.grid.isVisible()


def test_the_way_back_from_a_photo_keeps_groups_and_selection(open_unsorted, window, drawn, settle):
    scatter(drawn)
    hand = open_unsorted()
    before, face = hand.faces(), hand.faces()[5]
    hand.open(face)
    assert hand.here == Place("photo", faces_by_id(drawn.library, [face])[face].photo_id)
    window.context.navigator.back()
    settle()
    assert hand.faces() == before
    assert hand.grid.selected_ids() == [face]
