"""Paints a line of the list beside a photo: the face, and right of it the name and how sure that is."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from app.grid.tile import Tile
from app.grid.tile_delegate import TileDelegate
from app.pictures.pictures import Pictures
from app.style.lettering import paint_line
from app.style.theme import Space, TextSize, font_of

SIDE = 44


class PhotoFaceDelegate(TileDelegate):
    """A tile that lies on its side; `pointed` is the row that is highlighted from elsewhere, −1 for none."""

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(pictures, SIDE, 2, parent)
        self.pointed = -1

    def tile_size(self) -> QSize:
        """Return a line's height; the list gives it its own width."""
        return QSize(SIDE, SIDE + 2 * Space.SMALL)

    def picture_rect(self, rect: QRect) -> QRect:
        """Return where the face stands: at the left."""
        return QRect(rect.left() + Space.SMALL, rect.top() + (rect.height() - SIDE) // 2, SIDE, SIDE)

    def title_rect(self, rect: QRect) -> QRect:
        """Return where the text stands: right of the face."""
        left = self.picture_rect(rect).right() + Space.MEDIUM
        return QRect(left, rect.top(), rect.right() - left - Space.TINY, rect.height())

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the ground of a line that is pointed at or current, then the line."""
        here = option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver)
        if here or index.row() == self.pointed:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(option.palette.color(QPalette.ColorRole.AlternateBase))
            painter.drawRoundedRect(QRectF(option.rect), Space.SMALL, Space.SMALL)
        option.state &= ~(QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver)
        super().paint(painter, option, index)

    def _paint_text(self, painter: QPainter, option: QStyleOptionViewItem, tile: Tile) -> None:
        place = self.title_rect(option.rect)
        lines = [(tile.title, TextSize.BODY, QPalette.ColorRole.Text)]
        if tile.hint:
            lines.append((tile.hint, TextSize.HINT, QPalette.ColorRole.PlaceholderText))
        height = self._line_height()
        line = QRect(place.left(), place.center().y() - height * len(lines) // 2, place.width(), height)
        for words, size, role in lines:
            painter.setFont(font_of(size))
            painter.setPen(option.palette.color(role))
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, line.width())
            paint_line(painter, line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
            line.translate(0, height)
