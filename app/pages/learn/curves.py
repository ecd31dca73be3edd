"""Two curves that grow while something is learnt: the loss, and how many pairs are told right on unseen days."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.style import texts
from app.style.painting import painting
from app.style.theme import CORNER, Space
from engine.learning.points import Point
from engine.words import fill

HEIGHT = 180
GRID_LINES = 4


class Curves(QWidget):
    """Paints the points that it was given; each round is a line of its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.points: list[Point] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Curves of learning"))

    def clear(self) -> None:
        """Begin anew."""
        self.points = []
        self._tell()

    def add(self, point: Point) -> None:
        """Go on with a point."""
        self.points.append(point)
        self._tell()

    def sizeHint(self) -> QSize:
        """Return the usual size."""
        return QSize(480, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, the grid, both curves and what they are."""
        with painting(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            colours = self.palette()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.color(QPalette.ColorRole.Base))
            painter.drawRoundedRect(QRectF(self.rect()), CORNER, CORNER)
            head = self.fontMetrics().height() + 2 * Space.SMALL
            place = QRectF(self.rect()).adjusted(Space.MEDIUM, head, -Space.MEDIUM, -Space.MEDIUM)
            painter.setPen(QPen(colours.color(QPalette.ColorRole.Mid), 0.5))
            for line in range(GRID_LINES + 1):
                height = place.top() + place.height() * line / GRID_LINES
                painter.drawLine(QPointF(place.left(), height), QPointF(place.right(), height))
            loss, right = self._colours()
            highest = max((point.loss for point in self.points), default=1.0) or 1.0
            self._paint_curve(painter, place, [point.loss / highest for point in self.points], QPen(loss, 1.5))
            pen = QPen(right, 2.0, Qt.PenStyle.DashLine)
            self._paint_curve(painter, place, [point.validation for point in self.points], pen)
            self._paint_words(painter, loss, right)

    def _colours(self) -> tuple[QColor, QColor]:
        return self.palette().color(QPalette.ColorRole.WindowText), self.palette().color(QPalette.ColorRole.Highlight)

    def _paint_curve(self, painter: QPainter, place: QRectF, heights: Sequence[float], pen: QPen) -> None:
        painter.setPen(pen)
        step = place.width() / max(len(heights) - 1, 1)
        line = QPolygonF()
        for number, height in enumerate(heights):
            if number and self.points[number].round != self.points[number - 1].round:
                painter.drawPolyline(line)
                line = QPolygonF()
            if math.isfinite(height):
                line.append(QPointF(place.left() + number * step, place.bottom() - height * place.height()))
        painter.drawPolyline(line)

    def _paint_words(self, painter: QPainter, loss: QColor, right: QColor) -> None:
        base = Space.SMALL + self.fontMetrics().ascent()
        painter.setPen(loss)
        painter.drawText(QPointF(Space.MEDIUM, base), self._loss())
        told = self._right()
        painter.setPen(right)
        width = self.fontMetrics().horizontalAdvance(told)
        painter.drawText(QPointF(self.width() - Space.MEDIUM - width, base), told)

    def _loss(self) -> str:
        shown = texts.decimal(self.points[-1].loss, 3) if self.points else "–"
        return fill(self.tr("— Loss {loss}"), loss=shown)

    def _right(self) -> str:
        finite = [point.validation for point in self.points if math.isfinite(point.validation)]
        shown = f"{finite[-1]:.0%}" if finite else "–"
        return fill(self.tr("- - Pairs told right on unseen days {share}"), share=shown)

    def _tell(self) -> None:
        self.setAccessibleDescription(f"{self._loss()}; {self._right()}")
        self.update()
