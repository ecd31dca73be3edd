"""The years beside the photos: a press or a drag goes there, and says where one is."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.grid.grid_view import GridView
from app.style.theme import Space, TextSize, font_of
from app.widgets.label import Label

Mark = tuple[str, int]
"""A year as text, and the section that begins it."""


class Scrubber(QWidget):
    """As high as the grid; shown where there are two years or more, and more than fits the view."""

    def __init__(self, grid: GridView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid, self._bar = grid, grid.verticalScrollBar()
        self._marks: list[Mark] = []
        self.bubble = Label("", grid)
        self.bubble.setAutoFillBackground(True)
        self.bubble.setBackgroundRole(QPalette.ColorRole.Highlight)
        self.bubble.setForegroundRole(QPalette.ColorRole.HighlightedText)
        self.bubble.setContentsMargins(Space.MEDIUM, Space.TINY, Space.MEDIUM, Space.TINY)
        self.bubble.hide()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
        self.setToolTip(self.tr("Go to a year"))
        self._bar.rangeChanged.connect(lambda _low, _high: self._follow())
        self._bar.valueChanged.connect(lambda _value: self.update())
        self.hide()

    def show_years(self, marks: Sequence[Mark]) -> None:
        """Show these years, in the order in which they come."""
        self._marks = list(marks)
        self._follow()

    def sizeHint(self) -> QSize:
        """Return the width of a year."""
        return QSize(QFontMetrics(font_of(TextSize.HINT)).horizontalAdvance("0000") + Space.LARGE, 0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to what is pressed."""
        self._go(event.position().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go along with the mouse."""
        if event.buttons():
            self._go(event.position().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Say no longer where one is."""
        self.bubble.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the years that have room, and a line where one is."""
        painter = QPainter(self)
        painter.setFont(font_of(TextSize.HINT))
        high = painter.fontMetrics().height()
        last = -high
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        for year, section in self._marks:
            top = self._top_of(section)
            if top >= last + high:
                painter.drawText(QRect(0, top, self.width(), high), Qt.AlignmentFlag.AlignHCenter, year)
                last = top
        painter.fillRect(QRect(0, self._place(), self.width(), 2), self.palette().color(QPalette.ColorRole.Highlight))

    def _follow(self) -> None:
        self.setVisible(len(self._marks) > 1 and self._bar.maximum() > 0)
        self.update()

    def _go(self, point: QPoint) -> None:
        share = min(1.0, max(0.0, point.y() / max(1, self.height())))
        self._bar.setValue(round(share * self._bar.maximum()))
        tiles = self._grid.tiles
        section = max(0, tiles.section_at(self._bar.value() + Space.HUGE))
        self.bubble.setText(tiles.sections[section].title)
        self.bubble.adjustSize()
        left = self._grid.width() - self.bubble.width() - Space.LARGE - self._bar.width()
        top = min(max(0, point.y() - self.bubble.height() // 2), self._grid.height() - self.bubble.height())
        self.bubble.move(left, top)
        self.bubble.show()
        self.bubble.raise_()

    def _top_of(self, section: int) -> int:
        whole = max(1, self._grid.tiles.height)
        return round(self._grid.tiles.head_rect(section).top() / whole * self.height())

    def _place(self) -> int:
        return round(self._bar.value() / max(1, self._bar.maximum()) * (self.height() - 2))
