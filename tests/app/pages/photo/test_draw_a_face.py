"""O takes the pen out; a box that is drawn becomes a face whose name is asked for."""

from collections.abc import Callable

import pytest

from app.shell.main_window import MainWindow
from engine.library.queries import photo_face_rows
from tests.app.conftest import SCAN_MS
from tests.app.drawn import DrawnLibrary
from tests.app.hand import LEFT, Key
from tests.app.pages.photo.hand import PhotoHand


@pytest.fixture
def hand(with_models: None, hand: PhotoHand) -> PhotoHand:
    """With the models that look at what is drawn."""
    return hand


def test_a_face_that_is_drawn_is_asked_about(hand: PhotoHand, drawn: DrawnLibrary) -> None:
    before = {row.face for row in photo_face_rows(drawn.library, drawn.photos[0])}
    hand.draw(0.3, 0.7)
    assert len(hand.canvas.waiting) == 1, "the box stays until the face is known"
    hand.wait_until(lambda: hand.page.naming.face is not None, SCAN_MS)
    (made,) = {row.face for row in photo_face_rows(drawn.library, drawn.photos[0])} - before
    assert hand.page.naming.face == made
    row = next(row for row in photo_face_rows(drawn.library, drawn.photos[0]) if row.face == made)
    assert row.box.holds(0.4, 0.82)
    assert len(hand.faces()) == 5
    assert not hand.canvas.waiting
    assert hand.said == "A face was drawn."
    hand.qtbot.mouseClick(hand.window.messages.button, LEFT)
    hand.wait_until(lambda: len(hand.faces()) == 4)


def test_two_faces_drawn_quickly_are_both_kept(hand: PhotoHand, drawn: DrawnLibrary) -> None:
    hand.draw(0.1, 0.7)
    hand.draw(0.6, 0.7)
    assert len(hand.canvas.waiting) == 2
    hand.wait_until(lambda: len(hand.faces()) == 6, SCAN_MS)
    assert len(photo_face_rows(drawn.library, drawn.photos[0])) == 6
    hand.wait_until(lambda: hand.page.naming.face is not None and not hand.canvas.waiting)


def test_a_face_drawn_on_a_photo_that_was_left_is_kept_and_asks_for_no_name_elsewhere(
    hand: PhotoHand, drawn: DrawnLibrary, settle: Callable[[], None], window: MainWindow
) -> None:
    hand.draw(0.3, 0.7)
    window.context.navigator.replace("photo", drawn.photos[1])
    assert not hand.canvas.waiting
    hand.wait_until(lambda: len(photo_face_rows(drawn.library, drawn.photos[0])) == 5, SCAN_MS)
    settle()
    window.context.navigator.replace("photo", drawn.photos[0])
    hand.wait_until(lambda: len(hand.faces()) == 5)
    settle()
    assert hand.page.naming.face is None


def test_escape_puts_the_pen_away(hand: PhotoHand, drawn: DrawnLibrary, window: MainWindow) -> None:
    hand.press(Key.Key_O)
    hand.press(Key.Key_Escape)
    assert not hand.canvas.drawing
    assert window.stack.currentWidget() is hand.page
    assert len(photo_face_rows(drawn.library, drawn.photos[0])) == 4
