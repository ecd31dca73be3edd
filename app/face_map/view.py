"""The map: drag to move it, wheel to zoom, lasso or rectangle to select; the same by keys."""

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from app.face_map.hand import MapHand
from app.face_map.keys import MapKeys
from app.face_map.surface import MapSurface
from app.pictures.pictures import Pictures
from app.style.motion import Motion
from app.widgets.ground import WALKING, paint_ring

A_NOTCH = 120.0
"""What a wheel turns by in one notch, in the units of Qt."""

PER_NOTCH = 1.25


class MapView(MapSurface):
    """Gives what comes from mouse and keyboard to the hand and the keys."""

    def __init__(self, pictures: Pictures, motion: Motion, parent: QWidget | None = None) -> None:
        super().__init__(pictures, motion, parent)
        self.hand, self._keys, self._walked_to = MapHand(self), MapKeys(self), False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the map, and around it the ring of the focus."""
        super().paintEvent(event)
        if self._walked_to:
            paint_ring(self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the mouse; strokes sideways move the map."""
        turned, at = event.angleDelta(), event.position()
        camera = self.look.camera.zoomed(PER_NOTCH ** (turned.y() / A_NOTCH), at.x(), at.y())
        self.set_camera(camera.panned(turned.x(), 0))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to drag or to click."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.halt()
            self.hand.press(event)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on dragging, or tell which face the mouse is at."""
        if self.hand.busy:
            self.set_hovered(-1, event.position())
            self.hand.move(event.position())
        else:
            self.hover(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End what the press began."""
        if event.button() is Qt.MouseButton.LeftButton and self.hand.busy:
            self.hand.release(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the photo of a face; go nearer where there is none."""
        at, row = event.position(), self.row_at(event.position())
        if row >= 0:
            self.opened.emit(int(self.scene.ids[row]))
        else:
            self.set_camera(self.look.camera.zoomed(PER_NOTCH**2, at.x(), at.y()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show a ring to whoever came with Tab."""
        super().focusInEvent(event)
        self._walked_to = event.reason() in WALKING
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Have the mouse at no face."""
        self.set_hovered(-1, QPointF())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the key means here."""
        if not self._keys.press(event):
            super().keyPressEvent(event)
