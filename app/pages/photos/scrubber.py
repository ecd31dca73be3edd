"""The years beside the photos: a press, a drag or a key goes there, and says where one is."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QPalette,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from app.pages.photos.grid import PhotosGrid
from app.pages.photos.model import PhotosModel
from app.style.lettering import paint_line
from app.style.painting import painting
from app.style.theme import Space, TextSize, font_of
from app.widgets.ground import WALKING, paint_ring
from app.widgets.label import Label

Mark = tuple[str, int]
"""A year as text, and the section that begins it."""


BACK, ON = (Qt.Key.Key_Up, Qt.Key.Key_Left), (Qt.Key.Key_Down, Qt.Key.Key_Right)


class Scrubber(QAbstractSlider):
    """As high as the grid; shown where there are two years or more, and more than fits the view.

    Its value is the section of the grid that one is in. Arrows lead to the next section, PageUp and PageDown to the
    next year.
    """

    def __init__(self, grid: PhotosGrid, model: PhotosModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._grid, self._bar = model, grid, grid.verticalScrollBar()
        self._marks: list[Mark] = []
        self._walked_to = self._noting = False
        self.bubble = Label("", grid)
        self.bubble.setAutoFillBackground(True)
        self.bubble.setBackgroundRole(QPalette.ColorRole.Highlight)
        self.bubble.setForegroundRole(QPalette.ColorRole.HighlightedText)
        self.bubble.setContentsMargins(Space.MEDIUM, Space.TINY, Space.MEDIUM, Space.TINY)
        self.bubble.hide()
        self.setOrientation(Qt.Orientation.Vertical)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
        self.setToolTip(self.tr("Go to a year"))
        self.setAccessibleName(self.tr("Go to a date"))
        model.rows_changing.connect(self._expect)
        self._bar.rangeChanged.connect(lambda _low, _high: self._follow())
        self._bar.valueChanged.connect(lambda _value: self._follow_bar())
        self.hide()

    def show_years(self, marks: Sequence[Mark]) -> None:
        """Show these years, in the order in which they come."""
        self._marks = list(marks)
        self.updateGeometry()
        self._follow()

    def sizeHint(self) -> QSize:
        """Return the width of a year, as the language writes it."""
        metrics = QFontMetrics(font_of(TextSize.HINT))
        return QSize(max(map(metrics.horizontalAdvance, ("0000", *(year for year, _ in self._marks)))) + Space.LARGE, 0)

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next section or year, or to the first or the last one, and say where one is."""
        goal = self._goal(Qt.Key(event.key()))
        if goal is None:
            super().keyPressEvent(event)
        else:
            is_end = event.key() == Qt.Key.Key_End
            self._reach(goal, self._bar.maximum() if is_end else self._grid.tiles.head_rect(goal).top())
            self._show_bubble(self._place())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the grid."""
        self._bar.event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show a ring to whoever came with Tab."""
        super().focusInEvent(event)
        self._walked_to = event.reason() in WALKING

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say no longer where one is."""
        super().focusOutEvent(event)
        self._walked_to = False
        self.bubble.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the years that have room, and a line where one is."""
        with painting(self) as painter:
            painter.setFont(font_of(TextSize.HINT))
            high = painter.fontMetrics().height()
            last = -high
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            for year, section in self._marks:
                top = self._top_of(section)
                if top >= last + high:
                    paint_line(painter, QRect(0, top, self.width(), high), Qt.AlignmentFlag.AlignCenter, year)
                    last = top
            painter.fillRect(
                QRect(0, self._place(), self.width(), 2), self.palette().color(QPalette.ColorRole.Highlight)
            )
        if self._walked_to:
            paint_ring(self)

    def sliderChange(self, change: QAbstractSlider.SliderChange) -> None:
        """Let the date be heard, too, where another section is in sight; go to one that a screen reader sets."""
        sections, here = self._grid.tiles.sections, self.value()
        there = here < len(sections)
        self.setAccessibleDescription(sections[here].title if there else "")
        if there and not self._noting and change is QAbstractSlider.SliderChange.SliderValueChange:
            self._reach(here, self._grid.tiles.head_rect(here).top())
        super().sliderChange(change)

    def _goal(self, key: Qt.Key) -> int | None:
        """Return the section that a key leads to, None for other keys."""
        here, firsts = self.value(), [section for _, section in self._marks]
        if key in BACK:
            goal = here - 1
        elif key in ON:
            goal = here + 1
        elif key is Qt.Key.Key_PageUp:
            goal = max((first for first in firsts if first < here), default=0)
        elif key is Qt.Key.Key_PageDown:
            goal = min((first for first in firsts if first > here), default=self.maximum())
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            goal = 0 if key is Qt.Key.Key_Home else self.maximum()
        else:
            return None
        return min(max(goal, 0), self.maximum())

    def _expect(self) -> None:
        """Take the room for the years before the grid lays out its photos, where these will not fit.

        Who appears afterwards has all photos laid out a second time, in less width.
        """
        marks = self._model.years()
        if self.isHidden() and len(marks) > 1 and self._grid.high_with(self._model.headings) > self._grid.height():
            self._marks = marks
            self.show()

    def _follow(self) -> None:
        self._noting = True
        self.setRange(0, max(0, len(self._grid.tiles.sections) - 1))
        self._noting = False
        self.setVisible(len(self._marks) > 1 and self._bar.maximum() > 0)
        self._follow_bar()

    def _follow_bar(self) -> None:
        if not self._noting:
            self._note(self._section())
        self.update()

    def _reach(self, section: int, top: int) -> None:
        """Scroll to a section and take it, though another one may stand first in its row, or above it at the foot."""
        self._noting = True
        self._bar.setValue(top)
        self._note(section)

    def _note(self, section: int) -> None:
        """Take a section that is in sight already."""
        self._noting = True
        self.setValue(section)
        self._noting = False

    def _section(self) -> int:
        """Return the section at the top of what is seen."""
        return max(0, self._grid.tiles.section_at(self._bar.value() + Space.HUGE))

    def _go(self, point: QPoint) -> None:
        share = min(1.0, max(0.0, point.y() / max(1, self.height())))
        self._bar.setValue(round(share * self._bar.maximum()))
        self._show_bubble(point.y())

    def _show_bubble(self, at: int) -> None:
        """Say beside a height which section one is in."""
        self.bubble.setText(self._grid.tiles.sections[self.value()].title)
        self.bubble.adjustSize()
        left = self._grid.width() - self.bubble.width() - Space.LARGE - self._bar.width()
        top = min(max(0, at - self.bubble.height() // 2), self._grid.height() - self.bubble.height())
        self.bubble.move(left, top)
        self.bubble.show()
        self.bubble.raise_()

    def _top_of(self, section: int) -> int:
        whole = max(1, self._grid.tiles.height)
        return round(self._grid.tiles.head_rect(section).top() / whole * self.height())

    def _place(self) -> int:
        return round(self._bar.value() / max(1, self._bar.maximum()) * (self.height() - 2))
