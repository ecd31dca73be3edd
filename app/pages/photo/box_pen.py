"""Draws one box on a photo: with the mouse from corner to corner, or with the arrow keys."""

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPalette, QPen

from app.pages.photo.framing import Framing
from engine.geometry import Box

SMALLEST = 8.0
"""A box whose sides are shorter, in device-independent pixels, was a slip of the hand."""
NUDGE = 0.02
"""How far an arrow key moves the box, and how much Shift and an arrow change it, as a share of the photo."""
VEIL = QColor(0, 0, 0, 110)
ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class BoxPen(QObject):
    """Gives the box, relative (0 to 1) to the photo, when it is done; a slip of the hand leaves it waiting."""

    drawn = Signal(object)
    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._begun: QPointF | None = None
        self._box: Box | None = None

    def press(self, point: QPointF) -> None:
        """Begin at a corner."""
        self._begun, self._box = point, None

    def move(self, point: QPointF, framing: Framing) -> None:
        """Stretch the box to the point."""
        if self._begun is not None:
            self._box = framing.box_of(QRectF(self._begun, point))
            self.changed.emit()

    def release(self, framing: Framing) -> None:
        """End at the other corner."""
        self._begun = None
        if self._box is None:
            return
        rect = framing.rect_of(self._box)
        if min(rect.width(), rect.height()) >= SMALLEST:
            self._finish()
        else:
            self._box = None
            self.changed.emit()

    def key(self, event: QKeyEvent, framing: Framing) -> bool:
        """Move the box with the arrows, change its size with Shift and them, take it with Enter."""
        arrow = ARROWS.get(Qt.Key(event.key()))
        if arrow is not None:
            self._nudge(arrow, framing, resize=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._box is not None:
            self._finish()
        else:
            return False
        return True

    def paint(self, painter: QPainter, framing: Framing, palette: QPalette) -> None:
        """Paint the box, all around it veiled."""
        whole = framing.rect
        veiled = QPainterPath()
        veiled.addRect(whole)
        if self._box is not None:
            veiled.addRect(framing.rect_of(self._box))
        painter.fillPath(veiled, VEIL)
        if self._box is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 2))
            painter.drawRect(framing.rect_of(self._box))

    def forget(self) -> None:
        """Take the box away."""
        self._begun, self._box = None, None
        self.changed.emit()

    def _finish(self) -> None:
        if self._box is not None:
            self.drawn.emit(self._box)

    def _nudge(self, arrow: tuple[int, int], framing: Framing, *, resize: bool) -> None:
        """Put a box into the middle of the photo with the first arrow, then move or resize it."""
        tall = framing.rect.width() / max(framing.rect.height(), 1.0)
        box = self._box
        if box is None:
            self._box = Box(0.45, 0.5 - 0.05 * tall, 0.1, min(0.1 * tall, 1.0))
        elif resize:
            width = min(max(box.width + arrow[0] * NUDGE, NUDGE), 1 - box.left)
            self._box = Box(box.left, box.top, width, min(max(box.height + arrow[1] * NUDGE, NUDGE), 1 - box.top))
        else:
            left = min(max(box.left + arrow[0] * NUDGE, 0.0), 1 - box.width)
            self._box = Box(left, min(max(box.top + arrow[1] * NUDGE, 0.0), 1 - box.height), box.width, box.height)
        self.changed.emit()
