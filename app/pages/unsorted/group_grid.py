"""A grid of groups: each heading asks who it is, and becomes a field where one clicks."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen

from app.grid.grid_view import GridView
from app.grid.id_model import IdModel
from app.grid.places import Ids
from app.names.name_edit import NameEdit
from app.style.lettering import paint_line
from app.style.painting import painting
from app.style.theme import Space, TextSize, font_of
from app.widgets.widths import grow_with_words
from engine.words import fill

FIELD = 220
CORNER = 6
STAYS = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason)
"""The user looks at another window or a menu, and comes back to what was typed."""


class GroupGrid(GridView):
    """`is_group` says of a section's number whether it is a group that can be named.

    `yes_to` gives the words of a yes where a section is offered to somebody, else "".
    """

    named = Signal(int, str)
    """The section whose field was answered, and the name; `field.chosen` says whether it is one of those offered."""
    left = Signal(int, str)
    """The same, where the user did not answer but went elsewhere with a name in the field."""
    opened = Signal(int)
    """A section's field was opened."""
    agreed = Signal(int)
    """A section is whom it is offered to: its yes was clicked, or Tab pressed in its empty field."""
    head_clicked = Signal(int)
    """A section's heading was clicked beside its field, if it has one."""

    _face: int | None = None
    """The first face of the group whose field is open; set before Qt lays out for the first time."""

    def __init__(self, model: IdModel, is_group: Callable[[int], bool], yes_to: Callable[[int], str]) -> None:
        super().__init__(model)
        self._model, self._is_group, self._yes_to = model, is_group, yes_to
        self.field = NameEdit(self.viewport())
        self.field.setPlaceholderText(self.tr("Who is this?"))
        grow_with_words(self.field, FIELD)
        self.field.hide()
        self.field.installEventFilter(self)
        self.field.named.connect(self._answer)
        self.field.cancelled.connect(self.end_naming)
        model.rows_changed.connect(self._follow)

    @property
    def naming(self) -> int:
        """The section whose field is open, −1 if none is."""
        row = self._model.row_of(self._face) if self._face is not None else -1
        return self.tiles.section_of(row)

    def begin_naming(self, section: int) -> bool:
        """Open a group's field; return False where the section is no group."""
        if not self._is_group(section):
            self.end_naming()
            return False
        self._face = int(self._model.ids[self.tiles.first_of(section)])
        self.field.clear()
        yes = self._yes_to(section)
        asks = fill(self.tr("{yes}? (Tab)"), yes=yes) if yes else self.tr("Who is this?")
        self.field.setPlaceholderText(asks)
        self.field.setAccessibleName(fill(self.tr("Who is this? {group}"), group=self._model.sections[section].title))
        self._bring_into_sight(section)
        self._place()
        self.field.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.opened.emit(section)
        return True

    def end_naming(self) -> None:
        """Close the field without an answer."""
        if self._face is not None:
            self._face = None
            # The focus is taken first: a field that is hidden hands it to whatever comes next.
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self._hide_field()

    def leave_naming(self) -> None:
        """Close the field; a name that stands in it counts, for nobody types one to lose it."""
        section, name = self.naming, self.field.text()
        self._face = None
        self._hide_field()
        if section >= 0 and name.strip():
            self.left.emit(section, name)

    def rows_of(self, section: int) -> range:
        """Return the rows of a section."""
        first = self.tiles.first_of(section)
        return range(first, first + self._model.sections[section].count)

    def rows_of_current(self) -> range:
        """Return the rows of the section that the current face is in."""
        section = self.tiles.section_of(self.currentIndex().row())
        return self.rows_of(section) if section >= 0 else range(0)

    def sections_of_faces(self, faces: Ids) -> NDArray[np.int64]:
        """Return the section that each face (n,) is in, −1 where it is not shown."""
        rows = self._model.places_of(faces)
        return np.where(rows >= 0, self.tiles.sections_of(rows), -1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go to the next group with Tab and back with Shift+Tab; close the field when the user goes elsewhere."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
            if Qt.Key(event.key()) in steps:
                section = self.naming
                following = section + steps[Qt.Key(event.key())]
                if event.key() == Qt.Key.Key_Tab and self._yes_to(section) and not self.field.text().strip():
                    self.agreed.emit(section)
                self.leave_naming()
                self.begin_naming(following)
                return True
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut and event.reason() not in STAYS:
            self.leave_naming()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the question on the headings of groups, too."""
        super().paintEvent(event)
        with painting(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(font_of(TextSize.BODY))
            top = event.rect().top() + self.verticalOffset()
            naming = self.naming
            for section in range(max(0, self.tiles.section_at(top)), len(self._model.sections)):
                if self.tiles.head_rect(section).top() > top + event.rect().height():
                    break
                if yes := self._yes_to(section):
                    self._paint_yes(painter, self._yes_rect(section), yes)
                if self._is_group(section) and section != naming:
                    self._paint_question(painter, self._field_rect(section))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the field of a heading, or select what stands under it; a press elsewhere is the grid's."""
        section = self._head_at(event.position().toPoint())
        if section < 0 or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
        elif self._yes_rect(section).contains(event.position().toPoint()):
            self.agreed.emit(section)
        elif self._is_group(section) and self._field_rect(section).contains(event.position().toPoint()):
            self.begin_naming(section)
        else:
            self.head_clicked.emit(section)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show over a question that it can be typed in."""
        super().mouseMoveEvent(event)
        point = event.position().toPoint()
        section = self._head_at(point)
        typed = self._is_group(section) and self._field_rect(section).contains(point)
        agreed = section >= 0 and self._yes_rect(section).contains(point)
        plain = Qt.CursorShape.PointingHandCursor if agreed else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor if typed else plain)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Take the field along."""
        super().scrollContentsBy(dx, dy)
        self._place()

    def doItemsLayout(self) -> None:
        """Lay out, the field too."""
        super().doItemsLayout()
        self._place()

    def _hide_field(self) -> None:
        self.field.hide()
        self.viewport().update()

    def _paint_question(self, painter: QPainter, rect: QRect) -> None:
        palette = self.palette()
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect, CORNER, CORNER)
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        inner = rect.adjusted(Space.SMALL, 0, -Space.SMALL, 0)
        paint_line(painter, inner, Qt.AlignmentFlag.AlignVCenter, self.tr("Who is this?"))

    def _paint_yes(self, painter: QPainter, rect: QRect, yes: str) -> None:
        palette = self.palette()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(QPalette.ColorRole.Highlight))
        painter.drawRoundedRect(rect, CORNER, CORNER)
        painter.setPen(palette.color(QPalette.ColorRole.HighlightedText))
        paint_line(painter, rect, Qt.AlignmentFlag.AlignCenter, yes)

    def _yes_rect(self, section: int) -> QRect:
        """Return where a section's yes stands, in the viewport; nothing where it is offered to nobody."""
        yes = self._yes_to(section)
        if not yes:
            return QRect()
        width = QFontMetrics(font_of(TextSize.BODY)).horizontalAdvance(yes) + 2 * Space.MEDIUM
        return self._beside_title(section, Space.LARGE, width)

    def _field_rect(self, section: int) -> QRect:
        """Return where a group's field stands, in the viewport."""
        yes = self._yes_rect(section)
        after = Space.LARGE + (yes.width() + Space.SMALL if not yes.isEmpty() else 0)
        return self._beside_title(section, after, self.field.width())

    def _beside_title(self, section: int, after: int, width: int) -> QRect:
        """Return a place of this width on a heading, so far after its title."""
        head = self.tiles.head_rect(section).translated(0, -self.verticalOffset())
        title = QFontMetrics(font_of(TextSize.NAME)).horizontalAdvance(self._model.sections[section].title)
        height = self.field.sizeHint().height()
        return QRect(head.left() + title + after, head.center().y() - height // 2, width, height)

    def _head_at(self, point: QPoint) -> int:
        """Return the section whose heading is at a point of the viewport, −1 where there is none."""
        return self.tiles.head_at(point.x(), point.y() + self.verticalOffset())

    def _bring_into_sight(self, section: int) -> None:
        head, bar = self.tiles.head_rect(section), self.verticalScrollBar()
        below = self.tiles.rect(self.tiles.first_of(section)).bottom() + Space.LARGE
        if head.top() < bar.value():
            bar.setValue(head.top() - Space.SMALL)
        elif below > bar.value() + self.viewport().height():
            bar.setValue(below - self.viewport().height())

    def _place(self) -> None:
        section = self.naming if self._face is not None else -1
        if section >= 0:
            self.field.move(self._field_rect(section).topLeft())

    def _follow(self) -> None:
        """After the faces have changed: stay with the group, or close the field of one that is gone."""
        if self._face is not None and not self._is_group(self.naming):
            self.end_naming()

    def _answer(self, name: str) -> None:
        section = self.naming
        if section >= 0 and name.strip():
            self.named.emit(section, name)
