"""Paints a tile: a picture with round corners, below it a title and a hint, on its corner a mark."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.grid.stamps import Stamps
from app.grid.tile import TILE, Standing, Tile
from app.pictures.pictures import Pictures, Shape
from app.style.lettering import fitted, line_height, line_width, paint_line
from app.style.theme import CORNER, Space, TextSize, font_of

RING, THIN = 3, 2
"""Width of the ring around a selected picture, and around one that only the keys stand on."""
FADED = 0.45
"""How much of a face is seen that was set aside."""


class TileDelegate(QStyledItemDelegate):
    """Paints `Tile`s whose pictures are `side` pixels wide and high, with `lines` of text (0 to 2) below."""

    def __init__(self, pictures: Pictures, side: int, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self.side, self.lines = side, lines
        self._stamps = Stamps()

    def tile_size(self) -> QSize:
        """Return the size of a tile."""
        text = self._line_height() * self.lines + (Space.TINY if self.lines else 0)
        return QSize(self.side, self.side + text)

    def picture_rect(self, rect: QRect) -> QRect:
        """Return where the picture stands in a tile."""
        return QRect(rect.left(), rect.top(), self.side, self.side)

    def title_rect(self, rect: QRect) -> QRect:
        """Return where the title stands in a tile; an editor covers it."""
        top = rect.top() + self.side + Space.TINY
        return QRect(rect.left(), top, rect.width(), self._line_height())

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the size of a tile."""
        return self.tile_size()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one tile."""
        self.paint_tile(painter, option, index.data(TILE))

    def paint_tile(self, painter: QPainter, option: QStyleOptionViewItem, tile: Tile) -> None:
        """Paint what a tile shows."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = self.picture_rect(option.rect)
        self._paint_picture(painter, place, option, tile)
        self._paint_standing(painter, place, option.palette, tile)
        self._paint_ring(painter, place, option, tile)
        if tile.mark:
            self._paint_mark(painter, place, option.palette, tile.mark)
        if self.lines:
            self._paint_text(painter, option, tile)
        painter.restore()

    def _paint_picture(self, painter: QPainter, place: QRect, option: QStyleOptionViewItem, tile: Tile) -> None:
        pixmap = self._pixmap_of(painter, tile)
        if pixmap is None or pixmap.isNull():
            kind = "empty", tile.picture and tile.picture.shape, option.palette.cacheKey()
            self._stamps.press(
                painter, place, kind, lambda pen, rect: self._draw_empty(pen, rect, option.palette, tile)
            )
            if pixmap is not None and tile.picture is not None:
                painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
                painter.setFont(font_of(TextSize.HINT))
                said = self._pictures.why_lacking(tile.picture)
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, said)
            return
        size = pixmap.deviceIndependentSize()
        left = place.left() + (place.width() - size.width()) / 2
        top = place.top() + (place.height() - size.height()) / 2
        painter.setOpacity(FADED if tile.standing is Standing.IGNORED else 1.0)
        painter.drawPixmap(QPointF(left, top), pixmap)
        painter.setOpacity(1.0)

    def _pixmap_of(self, painter: QPainter, tile: Tile) -> QPixmap | None:
        if tile.picture is None:
            return None
        return self._pictures.pixmap(tile.picture, self.side, painter.device().devicePixelRatioF())

    def _paint_standing(self, painter: QPainter, place: QRect, palette: QPalette, tile: Tile) -> None:
        """Suggested: a dashed line and a question mark; set aside: faded with a slash. Confirmed faces are plain."""
        if tile.standing is Standing.SUGGESTED:
            kind = tile.standing, tile.picture and tile.picture.shape, palette.cacheKey()
            self._stamps.press(painter, place, kind, lambda pen, rect: self._draw_suggested(pen, rect, palette, tile))
        elif tile.standing is Standing.IGNORED:
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 2))
            painter.drawLine(place.bottomLeft(), place.topRight())

    def _draw_empty(self, painter: QPainter, place: QRect, palette: QPalette, tile: Tile) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(QPalette.ColorRole.AlternateBase))
        self._draw_outline(painter, QRectF(place), tile)

    def _draw_suggested(self, painter: QPainter, place: QRect, palette: QPalette, tile: Tile) -> None:
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 2, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        self._draw_outline(painter, QRectF(place).adjusted(1, 1, -1, -1), tile)
        self._paint_mark(painter, place, palette, "?")

    def _paint_ring(self, painter: QPainter, place: QRect, option: QStyleOptionViewItem, tile: Tile) -> None:
        chosen = option.state & QStyle.StateFlag.State_Selected
        focused = option.state & QStyle.StateFlag.State_HasFocus
        if not (chosen or focused or option.state & QStyle.StateFlag.State_MouseOver):
            return
        role = QPalette.ColorRole.Highlight if chosen or focused else QPalette.ColorRole.Mid
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(option.palette.color(role), RING if chosen else THIN))
        self._draw_outline(painter, QRectF(place).adjusted(-RING, -RING, RING, RING), tile)
        if chosen and focused:
            painter.setPen(QPen(option.palette.color(QPalette.ColorRole.Text), 1))
            self._draw_outline(painter, QRectF(place).adjusted(-RING - 2, -RING - 2, RING + 2, RING + 2), tile)

    def _draw_outline(self, painter: QPainter, rect: QRectF, tile: Tile) -> None:
        if tile.picture is not None and tile.picture.shape is Shape.CIRCLE:
            painter.drawEllipse(rect)
        else:
            painter.drawRoundedRect(rect, CORNER, CORNER)

    def _paint_mark(self, painter: QPainter, place: QRect, palette: QPalette, mark: str) -> None:
        height = line_height(TextSize.HINT) + Space.TINY
        width = max(height, line_width(mark, TextSize.HINT) + Space.SMALL)
        badge = QRectF(place.right() - width, place.top(), width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(QPalette.ColorRole.Highlight))
        painter.drawRoundedRect(badge, height / 2, height / 2)
        painter.setPen(palette.color(QPalette.ColorRole.HighlightedText))
        painter.setFont(font_of(TextSize.HINT))
        paint_line(painter, badge, Qt.AlignmentFlag.AlignCenter, mark)

    def _paint_text(self, painter: QPainter, option: QStyleOptionViewItem, tile: Tile) -> None:
        line = self.title_rect(option.rect)
        text = QColor(option.palette.color(QPalette.ColorRole.Text))
        hint = QColor(option.palette.color(QPalette.ColorRole.PlaceholderText))
        lines = [(tile.title, TextSize.BODY, text), (tile.hint, TextSize.HINT, hint)]
        for words, size, colour in [entry for entry in lines if entry[0]][: self.lines]:
            painter.setFont(font_of(size))
            painter.setPen(colour)
            paint_line(painter, line, Qt.AlignmentFlag.AlignCenter, fitted(words, size, line.width()))
            line.translate(0, line.height())

    def _line_height(self) -> int:
        return line_height(TextSize.NAME)
