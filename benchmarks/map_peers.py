"""The same points by Qt's own means, moved and zoomed alike; used by `benchmarks/map.py`.

One peer is a widget that gives its painter all points of a colour at once (`drawPoints` of a list that is made before,
under a transformation), the other a `QGraphicsView` with an ellipse a face, found by its index, as examples do it.
Neither has pictures, names or a selection. A frame is processor time of the window's thread.
"""

import time

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QApplication, QGraphicsEllipseItem, QGraphicsScene, QGraphicsView, QWidget
from window_clock import spread

SIZE = (1280, 860)
FRAMES = 12
DOT = 2.0


def peers(application: QApplication, points: NDArray[np.float32], colours: NDArray[np.uint32]) -> dict[str, str]:
    """Return figures for points (n, 2) of packed colours (n,)."""
    figures = {}
    for name, view in (("drawPoints", PointsView(points, colours)), ("QGraphicsView", ItemsView(points, colours))):
        view.resize(*SIZE)
        view.show()
        application.processEvents()
        figures[f"{name}: frame while the whole map is moved"] = spread(_frames(application, view, 1.0))
        figures[f"{name}: frame while it is zoomed in"] = spread(_frames(application, view, 1.1))
        view.close()
        view.deleteLater()
    return figures


class PointsView(QWidget):
    """All points by a call of `drawPoints` a colour."""

    def __init__(self, points: NDArray[np.float32], colours: NDArray[np.uint32]) -> None:
        super().__init__()
        self._lists = [
            (QColor.fromRgba(int(colour)), QPolygonF([QPointF(*point) for point in points[colours == colour].tolist()]))
            for colour in np.unique(colours)
        ]
        self._x = self._y = 0.0
        self._scale = float(min(SIZE) * 0.84 / np.ptp(points, axis=0).max())

    def step(self, factor: float) -> None:
        """Move the map by as much as the hand does, or zoom."""
        self._x, self._y, self._scale = self._x + 7, self._y + 3, self._scale * factor
        self.repaint()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 Qt's name
        """Paint all."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(self.width() / 2 + self._x, self.height() / 2 + self._y)
        painter.scale(self._scale, self._scale)
        for colour, places in self._lists:
            pen = QPen(colour, DOT, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.drawPoints(places)
        painter.end()


class ItemsView(QGraphicsView):
    """An item a point."""

    def __init__(self, points: NDArray[np.float32], colours: NDArray[np.uint32]) -> None:
        scene = QGraphicsScene()
        super().__init__(scene)
        self._own = scene
        for (x, y), colour in zip(points.tolist(), colours.tolist(), strict=True):
            item = QGraphicsEllipseItem(-DOT / 2, -DOT / 2, DOT, DOT)
            item.setPos(x, y)
            item.setPen(Qt.PenStyle.NoPen)
            item.setBrush(QColor.fromRgba(colour))
            item.setFlag(QGraphicsEllipseItem.GraphicsItemFlag.ItemIgnoresTransformations)
            scene.addItem(item)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.scale(*[min(SIZE) * 0.84 / float(np.ptp(points, axis=0).max())] * 2)

    def step(self, factor: float) -> None:
        """Move the map by as much as the hand does, or zoom."""
        self.translate(7 / self.transform().m11(), 3 / self.transform().m22())
        self.scale(factor, factor)
        self.viewport().repaint()


def _frames(application: QApplication, view: PointsView | ItemsView, factor: float) -> list[float]:
    seconds = []
    for _ in range(FRAMES):
        began = time.thread_time()
        view.step(factor)
        application.processEvents()
        seconds.append(time.thread_time() - began)
    return seconds
