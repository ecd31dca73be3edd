"""Paints a line of the sidebar: a title, and at its end a count or a state, small."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.style.icons import PLAIN, paint_icon
from app.style.lettering import paint_line, row_height
from app.style.theme import Space, TextSize, font_of, text_scale

AT_END = Qt.ItemDataRole.UserRole + 2
"""The role of the text at the end of a line."""

FAINT = Qt.ItemDataRole.UserRole + 3
"""The role that says that a line stands for something that is not so any more."""

ICON = Qt.ItemDataRole.UserRole + 4
"""The role of the name of a drawing (`style/icons`) before the title."""

SPARE = Qt.ItemDataRole.UserRole + 5
"""The role of a text at the end of a line that is left out where the title needs its room."""

CORNER = 6
TINT = 40
"""How opaque, of 255, the accent colour lies under the chosen line."""


def _icon_side() -> int:
    return round(PLAIN * text_scale())


class EntryDelegate(QStyledItemDelegate):
    """The chosen line has a tinted background and bold letters, the one with the focus an outline as well."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the size of a line."""
        return QSize(0, row_height(font_of(TextSize.BODY)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one line."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        self._paint_ground(painter, option, chosen=chosen)
        inner = option.rect.adjusted(Space.SMALL, 0, -Space.SMALL, 0)
        ink = option.palette.color(QPalette.ColorRole.Text)
        hint = ink if chosen else option.palette.color(QPalette.ColorRole.PlaceholderText)
        title_font = font_of(TextSize.BODY, QFont.Weight.DemiBold if chosen else QFont.Weight.Normal)
        at_end = self.at_end(index, title_font, inner.width())
        painter.setFont(font_of(TextSize.HINT))
        used = painter.fontMetrics().horizontalAdvance(at_end) + Space.SMALL if at_end else 0
        painter.setPen(hint)
        paint_line(painter, inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, at_end)
        painter.setFont(title_font)
        painter.setPen(hint if index.data(FAINT) else ink)
        before = self._paint_icon(painter, option, index, inner, chosen=chosen)
        room = QRect(inner.left() + before, inner.top(), inner.width() - before - used, inner.height())
        title = painter.fontMetrics().elidedText(
            str(index.data(Qt.ItemDataRole.DisplayRole)), Qt.TextElideMode.ElideMiddle, room.width()
        )
        paint_line(painter, room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        painter.restore()

    def at_end(self, index: QModelIndex | QPersistentModelIndex, title_font: QFont, room: int) -> str:
        """Return the text at the end of a line of this width; a spare one only where the title is shown whole."""
        at_end, spare = str(index.data(AT_END) or ""), str(index.data(SPARE) or "")
        if at_end or not spare:
            return at_end
        title = QFontMetrics(title_font).horizontalAdvance(str(index.data(Qt.ItemDataRole.DisplayRole)))
        before = _icon_side() + Space.MEDIUM if index.data(ICON) else 0
        after = QFontMetrics(font_of(TextSize.HINT)).horizontalAdvance(spare) + Space.SMALL
        return spare if before + title + after <= room else ""

    def _paint_icon(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
        inner: QRect,
        *,
        chosen: bool,
    ) -> int:
        """Paint the drawing of a line that has one; return how much room it takes."""
        name = index.data(ICON)
        if not name:
            return 0
        role = QPalette.ColorRole.Highlight if chosen else QPalette.ColorRole.PlaceholderText
        side = _icon_side()
        place = QRect(inner.left(), inner.center().y() - side // 2, side, side)
        paint_icon(painter, str(name), place, option.palette.color(role))
        return side + Space.MEDIUM

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, *, chosen: bool) -> None:
        palette, place = option.palette, option.rect.adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen:
            tint = palette.color(QPalette.ColorRole.Highlight)
            tint.setAlpha(TINT)
            painter.setBrush(tint)
            painter.drawRoundedRect(place, CORNER, CORNER)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(palette.color(QPalette.ColorRole.AlternateBase))
            painter.drawRoundedRect(place, CORNER, CORNER)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 1, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(place, CORNER, CORNER)
