"""A photo is fitted, enlarged at the pointer, moved with the mouse, and fitted again."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.pages.photo.view import STEP, PhotoView
from tests.app.pages.photo.hand import PhotoHand


@pytest.fixture
def view(hand: PhotoHand) -> PhotoView:
    return hand.canvas


def turn(view: PhotoView, at: QPointF, notches: int) -> None:
    wheel = QWheelEvent(
        at,
        QPointF(view.mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, wheel)


def under(view: PhotoView, at: QPointF) -> QPointF:
    """Return what of the photo, from 0 to 1, is at a point of the view."""
    rect = view.framing.rect
    return QPointF((at.x() - rect.left()) / rect.width(), (at.y() - rect.top()) / rect.height())


def test_the_wheel_enlarges_where_the_pointer_is(view: PhotoView) -> None:
    assert view.framing.fitted
    before = view.framing.scale
    at = view.framing.rect.center() + QPointF(40, 30)
    seen = under(view, at)
    turn(view, at, 4)
    assert view.framing.scale > 2 * before
    assert (under(view, at) - seen).manhattanLength() < 0.01
    turn(view, at, -8)
    assert view.framing.fitted
    assert view.framing.scale == pytest.approx(before)


def test_an_enlarged_photo_is_moved_with_the_mouse(view: PhotoView, qtbot: QtBot) -> None:
    turn(view, view.framing.rect.center(), 6)
    before = view.framing.rect.topLeft()
    start = view.rect().center()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 5):
        qtbot.mouseMove(view, start - QPoint(10 * step, 5 * step))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=start - QPoint(40, 20))
    moved = view.framing.rect.topLeft() - before
    assert moved.x() == pytest.approx(-40, abs=1)
    assert moved.y() == pytest.approx(-20, abs=1)


def test_the_keys_enlarge_and_fit(view: PhotoView, qtbot: QtBot) -> None:
    view.setFocus()
    for _ in range(3):
        qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.framing.scale == pytest.approx(STEP**3 * fitted_scale(view))
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    assert view.framing.scale == pytest.approx(STEP**2 * fitted_scale(view))
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.framing.fitted


def fitted_scale(view: PhotoView) -> float:
    return view.framing.fitting().scale
