"""What has the focus shows it to whoever walks with Tab, also where it is no control; at first nothing is framed."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.shell.main_window import MainWindow
from engine.library.edits import ignore_faces
from engine.library.queries import photo_face_rows
from tests.app.drawn import DrawnLibrary
from tests.app.pages.person.hand import PersonHand
from tests.app.pages.photo.hand import PhotoHand
from tests.app.pages.review.hand import ReviewHand, raise_questions

Settle = Callable[[], None]


def has_ring(widget: QWidget) -> bool:
    """Say whether the left edge of a widget is in the accent colour, halfway down."""
    colour = widget.palette().color(QPalette.ColorRole.Highlight)
    image = widget.grab().toImage()
    return any(image.pixelColor(x, image.height() // 2) == colour for x in range(6))


def leave(widget: QWidget) -> None:
    """Take the focus away."""
    assert QApplication.focusWidget() is not None
    widget.window().setFocus()
    assert not widget.hasFocus()


def assert_seen_when_walked_to(widget: QWidget) -> None:
    assert not has_ring(widget), "it has the keys from the start"
    QTest.keyClick(widget, Qt.Key.Key_Tab)
    assert not widget.hasFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
    assert widget.hasFocus()
    assert has_ring(widget)
    leave(widget)
    assert not has_ring(widget)


def test_on_a_question(window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle) -> None:
    raise_questions(drawn)
    ground = ReviewHand(window, qtbot, settle).page.view.ground
    assert ground.hasFocus()
    assert_seen_when_walked_to(ground)


def test_on_the_preview_of_a_face(window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle) -> None:
    hand = PersonHand(window, qtbot, settle, drawn.people[0])
    hand.click(hand.faces()[0])
    hand.press(Qt.Key.Key_Space)
    preview = hand.board.preview
    assert preview.hasFocus()
    assert_seen_when_walked_to(preview)


def test_on_a_photo_without_faces(window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle) -> None:
    ignore_faces(drawn.library, [row.face for row in photo_face_rows(drawn.library, drawn.photos[0])])
    hand = PhotoHand(window, qtbot, settle, drawn.photos[0])
    assert hand.faces() == []
    assert hand.canvas.hasFocus()
    assert_seen_when_walked_to(hand.canvas)
