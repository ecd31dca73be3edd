"""On a photo: a click on a face asks whose it is; keys say yes, no, and not a face."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from app.session.navigation import Place
from app.shell.main_window import MainWindow
from engine.library import edits
from engine.library.queries import FaceRow, people_names, photo_face_rows
from tests.app.drawn import DrawnLibrary, name_people
from tests.app.pages.photo.hand import PhotoHand

Key = Qt.Key
Settle = Callable[[], None]


def rows(drawn: DrawnLibrary) -> dict[int, FaceRow]:
    return {row.face: row for row in photo_face_rows(drawn.library, drawn.photos[0])}


def test_a_click_and_a_name_make_a_person(hand: PhotoHand, drawn: DrawnLibrary) -> None:
    face = hand.face_of(drawn.people[1])
    hand.click_face(face.face)
    assert hand.page.naming.face == face.face
    hand.type("Bo")
    hand.press(Key.Key_Return)
    named = rows(drawn)[face.face]
    assert named.name == "Bo"
    assert "Bo" in people_names(drawn.library).values()
    assert "Bo" in hand.names()


def test_a_long_name_with_an_ampersand_fits_into_the_menu(hand: PhotoHand, drawn: DrawnLibrary, settle: Settle) -> None:
    edits.name_person(drawn.library, drawn.people[1], "Tom & Jerry " * 9)
    settle()
    hand.choose(hand.face_of(drawn.people[1]).face)
    texts = [action.text() for action in hand.page.acts.of_face()]
    assert "Not Tom && Jerry Tom && Jerry Tom && J…" in texts
    assert "All of Tom && Jerry Tom && Jerry Tom && J…" in texts


def test_escape_closes_the_name_and_stays(hand: PhotoHand, drawn: DrawnLibrary, window: MainWindow) -> None:
    hand.click_face(hand.face_of(drawn.people[0]).face)
    assert hand.page.naming.face is not None
    hand.press(Key.Key_Escape)
    assert hand.page.naming.face is None
    assert window.stack.currentWidget() is hand.page


def test_delete_sets_a_face_aside_and_undo_brings_it_back(hand: PhotoHand, drawn: DrawnLibrary) -> None:
    hand.press(Key.Key_Tab)
    face = hand.page.side.list.current_face()
    assert face is not None
    hand.press(Key.Key_Delete)
    assert rows(drawn)[face].ignored
    assert face not in hand.faces()
    hand.undo()
    assert not rows(drawn)[face].ignored


def test_n_says_that_it_is_somebody_else(hand: PhotoHand, drawn: DrawnLibrary, settle: Settle) -> None:
    name_people(drawn, "Ada")
    settle()
    face = hand.face_of(drawn.people[0])
    hand.choose(face.face)
    hand.press(Key.Key_N)
    assert rows(drawn)[face.face].person is None


def test_the_arrows_lead_to_the_neighbours_and_escape_back(hand: PhotoHand, drawn: DrawnLibrary) -> None:
    hand.press(Key.Key_Right)
    assert hand.here == Place("photo", drawn.photos[1])
    hand.press(Key.Key_Left)
    assert hand.here == Place("photo", drawn.photos[0])
    hand.press(Key.Key_Escape)
    assert hand.here == Place("people")
