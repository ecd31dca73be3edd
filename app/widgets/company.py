"""A picture of people who belong together: what an empty page shows before there is anybody."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.style.icons import paint_icon
from app.style.painting import painting

HUES = ("#3d7fe0", "#2f9b72", "#d9932b", "#cf5f56", "#8562c9")
SIDES = (76, 96, 116, 96, 76)
OVERLAP = 14
TINT = 46
"""How opaque, of 255, a circle's colour lies on the page."""


class Company(QWidget):
    """Five circles side by side, the middle one largest and in front."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the room for all of them."""
        return QSize(sum(SIDES) - OVERLAP * (len(SIDES) - 1), max(SIDES))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the outer ones first."""
        with painting(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            lefts = [sum(SIDES[:place]) - OVERLAP * place for place in range(len(SIDES))]
            for place in sorted(range(len(SIDES)), key=lambda one: SIDES[one]):
                self._paint_one(painter, lefts[place], SIDES[place], QColor(HUES[place]))

    def _paint_one(self, painter: QPainter, left: int, side: int, hue: QColor) -> None:
        base = self.palette().color(QPalette.ColorRole.Base)
        circle = QRectF(left, (max(SIDES) - side) / 2, side, side)
        painter.setPen(QPen(base, 3))
        painter.setBrush(base)
        painter.drawEllipse(circle)
        tint = QColor(hue)
        tint.setAlpha(TINT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tint)
        painter.drawEllipse(circle.adjusted(2, 2, -2, -2))
        drawn = QRect(0, 0, side // 2, side // 2)
        drawn.moveCenter(circle.center().toPoint())
        paint_icon(painter, "user", drawn, hue)
