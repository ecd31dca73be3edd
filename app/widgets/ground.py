"""What takes the keys though it is no control: a ring shows that it has them."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

from app.theme import CORNER

RING = 2.0


class Ground(QWidget):
    """Holds other widgets and shows whether it has the focus itself."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ring."""
        super().paintEvent(event)
        if self.hasFocus():
            paint_ring(self)


def paint_ring(widget: QWidget) -> None:
    """Paint a ring along the edge of a widget; called while it paints itself."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(widget.palette().color(QPalette.ColorRole.Highlight), RING))
    painter.drawRoundedRect(QRectF(widget.rect()).adjusted(RING, RING, -RING, -RING), CORNER, CORNER)
    painter.end()
