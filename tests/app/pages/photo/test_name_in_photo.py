"""On a photo: a click on a face asks whose it is; keys say yes, no, and not a face."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from app.pages.photo.page import PhotoPage
from app.shell.main_window import MainWindow
from engine.library import edits
from engine.library.queries import FaceRow, people_names, photo_face_rows
from tests.app.conftest import PLENTY_MS
from tests.app.drawn import DrawnLibrary, name_people

Key = Qt.Key
Settle = Callable[[], None]


@pytest.fixture
def page(window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle) -> PhotoPage:
    """The first photo, which shows one face of each of the four people."""
    settle()
    window.context.navigator.go("photo", drawn.photos[0])
    shown = window.page("photo")
    assert isinstance(shown, PhotoPage)
    qtbot.waitUntil(lambda: len(shown.canvas.marks) == 4 and shown.canvas.has_image, timeout=PLENTY_MS)
    return shown


def face_of(page: PhotoPage, person: int) -> FaceRow:
    return next(face for face in page.faces.faces() if face.person == person)


def middle_of(page: PhotoPage, face: FaceRow) -> QPoint:
    return page.canvas.framing.rect_of(face.box).center().toPoint()


def rows(drawn: DrawnLibrary) -> dict[int, FaceRow]:
    return {row.face: row for row in photo_face_rows(drawn.library, drawn.photos[0])}


def test_a_click_and_a_name_make_a_person(page: PhotoPage, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle) -> None:
    face = face_of(page, drawn.people[1])
    qtbot.mouseClick(page.canvas, Qt.MouseButton.LeftButton, pos=middle_of(page, face))
    assert page.naming.face == face.face
    qtbot.keyClicks(page.window().focusWidget(), "Bo")
    qtbot.keyClick(page.window().focusWidget(), Key.Key_Return)
    settle()
    named = rows(drawn)[face.face]
    assert named.name == "Bo"
    assert "Bo" in people_names(drawn.library).values()
    assert "Bo" in [mark.name for mark in page.canvas.marks]


def test_a_long_name_with_an_ampersand_fits_into_the_menu(
    page: PhotoPage, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    edits.name_person(drawn.library, drawn.people[1], "Tom & Jerry " * 9)
    settle()
    page.side.list.set_current(face_of(page, drawn.people[1]).face)
    texts = [action.text() for action in page.actions_.face_actions()]
    assert "Not Tom && Jerry Tom && Jerry Tom && J…" in texts
    assert "All of Tom && Jerry Tom && Jerry Tom && J…" in texts


def test_escape_closes_the_name_and_stays(
    page: PhotoPage, drawn: DrawnLibrary, qtbot: QtBot, window: MainWindow
) -> None:
    qtbot.mouseClick(page.canvas, Qt.MouseButton.LeftButton, pos=middle_of(page, face_of(page, drawn.people[0])))
    assert page.naming.face is not None
    qtbot.keyClick(page.window().focusWidget(), Key.Key_Escape)
    assert page.naming.face is None
    assert window.stack.currentWidget() is page


def test_delete_sets_a_face_aside_and_undo_brings_it_back(
    page: PhotoPage, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle, window: MainWindow
) -> None:
    qtbot.keyClick(page.canvas, Key.Key_Tab)
    face = page.side.list.current_face()
    assert face is not None
    qtbot.keyClick(page.canvas, Key.Key_Delete)
    settle()
    assert rows(drawn)[face].ignored
    assert face not in [mark.face for mark in page.canvas.marks]
    qtbot.keyClick(window, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert not rows(drawn)[face].ignored


def test_n_says_that_it_is_somebody_else(page: PhotoPage, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle) -> None:
    name_people(drawn, "Ada")
    settle()
    face = face_of(page, drawn.people[0])
    page.side.list.set_current(face.face)
    qtbot.keyClick(page.canvas, Key.Key_N)
    settle()
    assert rows(drawn)[face.face].person is None


def test_the_arrows_lead_to_the_neighbours_and_escape_back(
    page: PhotoPage, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle, window: MainWindow
) -> None:
    qtbot.keyClick(page.canvas, Key.Key_Right)
    settle()
    here = window.context.navigator.here
    assert here is not None
    assert (here.page, here.subject) == ("photo", drawn.photos[1])
    qtbot.keyClick(page.canvas, Key.Key_Left)
    settle()
    here = window.context.navigator.here
    assert here is not None
    assert here.subject == drawn.photos[0]
    qtbot.keyClick(page.canvas, Key.Key_Escape)
    settle()
    here = window.context.navigator.here
    assert here is not None
    assert here.page == "people"
