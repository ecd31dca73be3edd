"""O takes the pen out; a box that is drawn becomes a face whose name is asked for."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from app.pages.photo.page import PhotoPage
from app.shell.main_window import MainWindow
from engine.geometry import Box
from engine.library.queries import photo_face_rows
from tests.app.conftest import PLENTY_MS
from tests.app.drawn import DrawnLibrary

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(
    window: MainWindow,
    drawn: DrawnLibrary,
    qtbot: QtBot,
    settle: Callable[[], None],
    models_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> PhotoPage:
    monkeypatch.setenv("KINFOLK_MODELS_DIR", str(models_dir))
    settle()
    window.context.navigator.go("photo", drawn.photos[0])
    shown = window.page("photo")
    assert isinstance(shown, PhotoPage)
    qtbot.waitUntil(lambda: len(shown.canvas.marks) == 4 and shown.canvas.has_image, timeout=PLENTY_MS)
    return shown


def point(page: PhotoPage, x: float, y: float) -> QPoint:
    return page.canvas.framing.rect_of(Box(x, y, 0, 0)).topLeft().toPoint()


def draw(page: PhotoPage, qtbot: QtBot, left: float, top: float) -> None:
    """Take the pen out and draw a box of a fifth of the photo."""
    qtbot.keyClick(page.canvas, Qt.Key.Key_O)
    assert page.canvas.drawing
    qtbot.mousePress(page.canvas, LEFT, pos=point(page, left, top))
    for share in (0.5, 1.0):
        qtbot.mouseMove(page.canvas, point(page, left + 0.2 * share, top + 0.25 * share))
    qtbot.mouseRelease(page.canvas, LEFT, pos=point(page, left + 0.2, top + 0.25))


def test_a_face_that_is_drawn_is_asked_about(
    page: PhotoPage, drawn: DrawnLibrary, qtbot: QtBot, window: MainWindow
) -> None:
    before = {row.face for row in photo_face_rows(drawn.library, drawn.photos[0])}
    draw(page, qtbot, 0.3, 0.7)
    assert len(page.canvas.waiting) == 1, "the box stays until the face is known"
    qtbot.waitUntil(lambda: page.naming.face is not None, timeout=6 * PLENTY_MS)
    (made,) = {row.face for row in photo_face_rows(drawn.library, drawn.photos[0])} - before
    assert page.naming.face == made
    row = next(row for row in photo_face_rows(drawn.library, drawn.photos[0]) if row.face == made)
    assert row.box.holds(0.4, 0.82)
    assert len(page.canvas.marks) == 5
    assert not page.canvas.waiting
    assert window.messages.text.text() == "A face was drawn."
    qtbot.mouseClick(window.messages.button, LEFT)
    qtbot.waitUntil(lambda: len(page.canvas.marks) == 4, timeout=PLENTY_MS)


def test_two_faces_drawn_quickly_are_both_kept(page: PhotoPage, drawn: DrawnLibrary, qtbot: QtBot) -> None:
    draw(page, qtbot, 0.1, 0.7)
    draw(page, qtbot, 0.6, 0.7)
    assert len(page.canvas.waiting) == 2
    qtbot.waitUntil(lambda: len(page.canvas.marks) == 6, timeout=6 * PLENTY_MS)
    assert len(photo_face_rows(drawn.library, drawn.photos[0])) == 6
    qtbot.waitUntil(lambda: page.naming.face is not None and not page.canvas.waiting, timeout=PLENTY_MS)


def test_a_face_drawn_on_a_photo_that_was_left_is_kept_and_asks_for_no_name_elsewhere(
    page: PhotoPage, drawn: DrawnLibrary, qtbot: QtBot, settle: Callable[[], None], window: MainWindow
) -> None:
    draw(page, qtbot, 0.3, 0.7)
    window.context.navigator.replace("photo", drawn.photos[1])
    assert not page.canvas.waiting
    qtbot.waitUntil(lambda: len(photo_face_rows(drawn.library, drawn.photos[0])) == 5, timeout=6 * PLENTY_MS)
    settle()
    window.context.navigator.replace("photo", drawn.photos[0])
    qtbot.waitUntil(lambda: len(page.canvas.marks) == 5, timeout=PLENTY_MS)
    settle()
    assert page.naming.face is None


def test_escape_puts_the_pen_away(page: PhotoPage, drawn: DrawnLibrary, qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(page.canvas, Qt.Key.Key_O)
    qtbot.keyClick(page.canvas, Qt.Key.Key_Escape)
    assert not page.canvas.drawing
    assert window.stack.currentWidget() is page
    assert len(photo_face_rows(drawn.library, drawn.photos[0])) == 4
