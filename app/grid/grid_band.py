"""The rectangle that is drawn with the mouse to select what it meets."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QRubberBand


class Band(QObject):
    """Shows the rectangle while its view selects by dragging; it grows with the content as that is scrolled."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view, self._begin = view, QPoint()
        self._rectangle = QRubberBand(QRubberBand.Shape.Rectangle, view.viewport())
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the mouse; the view selects by itself."""
        if isinstance(event, QMouseEvent):
            point = event.position().toPoint()
            if event.type() == QEvent.Type.MouseButtonPress:
                self._begin = point + self._scrolled()
            elif event.type() == QEvent.Type.MouseMove and self._selects():
                self._rectangle.setGeometry(QRect(self._begin - self._scrolled(), point).normalized())
                self._rectangle.show()
            elif event.type() == QEvent.Type.MouseButtonRelease:
                self._rectangle.hide()
        return super().eventFilter(watched, event)

    def _selects(self) -> bool:
        return self._view.state() == QAbstractItemView.State.DragSelectingState

    def _scrolled(self) -> QPoint:
        return QPoint(0, self._view.verticalScrollBar().value())
