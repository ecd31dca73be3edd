"""Paints a line of a list: a title and, smaller below it, what there is to say; or the heading of a section."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.pages.problems.model import COUNT, REASON
from app.style.lettering import paint_line
from app.style.theme import Space, TextSize, font_of

CORNER = 6
Index = QModelIndex | QPersistentModelIndex


class LineDelegate(QStyledItemDelegate):
    """All lines are equally high; the chosen one has a filled ground, the one with the focus an outline as well."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a line."""
        body, hint = (QFontMetrics(font_of(size)).height() for size in (TextSize.BODY, TextSize.HINT))
        return QSize(0, body + hint + Space.MEDIUM)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a line or a heading."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        self._paint_ground(painter, option, chosen=chosen)
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        ink = option.palette.color(role)
        hint = ink if chosen else option.palette.color(QPalette.ColorRole.PlaceholderText)
        title, count = str(index.data(Qt.ItemDataRole.DisplayRole)), index.data(COUNT)
        room = option.rect.adjusted(Space.SMALL, Space.TINY, -Space.SMALL, -Space.TINY)
        if count is None:
            self._paint_line(painter, room, (title, str(index.data(REASON))), (ink, hint))
        else:
            self._paint_heading(painter, room, (title, str(count)), (ink, hint))
        painter.restore()

    def _paint_line(self, painter: QPainter, room: QRect, words: tuple[str, str], inks: tuple[QColor, QColor]) -> None:
        top = QRect(room.left(), room.top(), room.width(), QFontMetrics(font_of(TextSize.BODY)).height())
        below = QRect(room.left(), top.bottom() + 1, room.width(), room.bottom() - top.bottom())
        for place, text, ink, size in (
            (top, words[0], inks[0], TextSize.BODY),
            (below, words[1], inks[1], TextSize.HINT),
        ):
            painter.setFont(font_of(size))
            painter.setPen(ink)
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, place.width())
            paint_line(painter, place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_heading(
        self, painter: QPainter, room: QRect, words: tuple[str, str], inks: tuple[QColor, QColor]
    ) -> None:
        painter.setFont(font_of(TextSize.HINT))
        painter.setPen(inks[1])
        paint_line(painter, room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words[1])
        left = room.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(words[1]) - Space.SMALL, 0)
        painter.setFont(font_of(TextSize.NAME, QFont.Weight.DemiBold))
        painter.setPen(inks[0])
        shown = painter.fontMetrics().elidedText(words[0], Qt.TextElideMode.ElideRight, left.width())
        paint_line(painter, left, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, *, chosen: bool) -> None:
        place = option.rect.adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            role = QPalette.ColorRole.Highlight if chosen else QPalette.ColorRole.AlternateBase
            painter.setBrush(option.palette.color(role))
            painter.drawRoundedRect(place, CORNER, CORNER)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(option.palette.color(QPalette.ColorRole.Text), 1, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(place, CORNER, CORNER)
