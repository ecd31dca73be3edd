"""What looks the same on many tiles is drawn once: dashes and round marks cost more than the faces below them."""

from collections.abc import Callable, Hashable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPixmap

from app.style.painting import painting

KEPT = 24
"""Kinds of marks at a few sizes; beyond that all are drawn anew."""


class Stamps:
    """Transparent pixmaps by what they show."""

    def __init__(self) -> None:
        self._made: dict[Hashable, QPixmap] = {}

    def press(self, painter: QPainter, place: QRect, kind: Hashable, draw: Callable[[QPainter, QRect], None]) -> None:
        """Paint at a place what `draw` draws, which depends on `kind` and the place's size alone."""
        ratio = painter.device().devicePixelRatioF()
        key = kind, place.width(), place.height(), ratio
        stamp = self._made.get(key)
        if stamp is None:
            if len(self._made) >= KEPT:
                self._made.clear()
            stamp = self._made[key] = _drawn(place, ratio, draw)
        painter.drawPixmap(place.topLeft(), stamp)


def _drawn(place: QRect, ratio: float, draw: Callable[[QPainter, QRect], None]) -> QPixmap:
    stamp = QPixmap(place.size() * ratio)
    stamp.setDevicePixelRatio(ratio)
    stamp.fill(Qt.GlobalColor.transparent)
    with painting(stamp) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw(painter, QRect(0, 0, place.width(), place.height()))
    return stamp
