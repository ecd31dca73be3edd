"""A title that gives way where there is no room for it beside the tools."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent

from app.style.theme import Space
from app.widgets.label import Label


class TitleLabel(Label):
    """A line that ends in "…" where it is narrower than its text."""

    def minimumSizeHint(self) -> QSize:
        """Ask for a few letters only."""
        whole = super().minimumSizeHint()
        return QSize(min(whole.width(), Space.HUGE), whole.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as much of the text as there is room for."""
        inside, measure = self.contentsRect(), self.fontMetrics()
        if measure.horizontalAdvance(self.text()) <= inside.width():
            super().paintEvent(event)
            return
        shown = measure.elidedText(self.text(), Qt.TextElideMode.ElideRight, inside.width())
        painter = QPainter(self)
        self.style().drawItemText(
            painter,
            inside,
            Qt.AlignmentFlag.AlignVCenter.value,
            self.palette(),
            self.isEnabled(),
            shown,
            self.foregroundRole(),
        )
