"""O takes the pen out; a box that is drawn becomes a face whose name is asked for."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from app.main_window import MainWindow
from app.views.photo import PhotoPage
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


def test_a_face_that_is_drawn_is_asked_about(page: PhotoPage, drawn: DrawnLibrary, qtbot: QtBot) -> None:
    before = {row.face for row in photo_face_rows(drawn.library, drawn.photos[0])}
    qtbot.keyClick(page.canvas, Qt.Key.Key_O)
    assert page.canvas.drawing
    qtbot.mousePress(page.canvas, LEFT, pos=point(page, 0.3, 0.7))
    qtbot.mouseMove(page.canvas, point(page, 0.4, 0.8))
    qtbot.mouseMove(page.canvas, point(page, 0.5, 0.95))
    qtbot.mouseRelease(page.canvas, LEFT, pos=point(page, 0.5, 0.95))
    qtbot.waitUntil(lambda: page.naming.face is not None, timeout=6 * PLENTY_MS)
    (made,) = {row.face for row in photo_face_rows(drawn.library, drawn.photos[0])} - before
    assert page.naming.face == made
    row = next(row for row in photo_face_rows(drawn.library, drawn.photos[0]) if row.face == made)
    assert row.box.holds(0.4, 0.82)
    assert len(page.canvas.marks) == 5


def test_escape_puts_the_pen_away(page: PhotoPage, drawn: DrawnLibrary, qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(page.canvas, Qt.Key.Key_O)
    qtbot.keyClick(page.canvas, Qt.Key.Key_Escape)
    assert not page.canvas.drawing
    assert window.stack.currentWidget() is page
    assert len(photo_face_rows(drawn.library, drawn.photos[0])) == 4
