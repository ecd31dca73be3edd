"""What takes the keys though it is no control: a ring shows that it has them, to whoever walks about with Tab.

It has them from the start, so that one may answer at once; a ring around everything would then be all that one sees.
"""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

from app.style.painting import painting
from app.style.theme import CORNER

RING = 2.0
WALKING = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class Ground(QWidget):
    """Holds other widgets and shows whether it has the focus itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._walked_to = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Note how the focus came."""
        super().focusInEvent(event)
        self._walked_to = event.reason() in WALKING
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show no ring any more."""
        super().focusOutEvent(event)
        self._walked_to = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ring."""
        super().paintEvent(event)
        if self._walked_to:
            paint_ring(self)


def paint_ring(widget: QWidget) -> None:
    """Paint a ring along the edge of a widget; called while it paints itself."""
    with painting(widget) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(widget.palette().color(QPalette.ColorRole.Highlight), RING))
        painter.drawRoundedRect(QRectF(widget.rect()).adjusted(RING, RING, -RING, -RING), CORNER, CORNER)
