"""A title that gives way where there is no room for it beside the tools."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPaintEvent
from PySide6.QtWidgets import QToolTip

from app.style import texts
from app.style.painting import painting
from app.style.theme import Space
from app.widgets.label import Label


class TitleLabel(Label):
    """A line that ends in "…" where it is narrower than its text, which a tool tip tells whole then."""

    def minimumSizeHint(self) -> QSize:
        """Ask for a few letters only."""
        whole = super().minimumSizeHint()
        return QSize(min(whole.width(), Space.HUGE), whole.height())

    def event(self, event: QEvent) -> bool:
        """Tell the whole text where there is no room for it."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and not self._has_room():
            QToolTip.showText(event.globalPos(), texts.plain_tip(self.text()), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as much of the text as there is room for."""
        inside, measure = self.contentsRect(), self.fontMetrics()
        if self._has_room():
            super().paintEvent(event)
            return
        shown = measure.elidedText(self.text(), Qt.TextElideMode.ElideRight, inside.width())
        with painting(self) as painter:
            self.style().drawItemText(
                painter,
                inside,
                Qt.AlignmentFlag.AlignVCenter.value,
                self.palette(),
                self.isEnabled(),
                shown,
                self.foregroundRole(),
            )

    def _has_room(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self.text()) <= self.contentsRect().width()
