"""Paints a photo in the middle of its tile, whole, with its own corners; one that is not there now is pale."""

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyleOptionViewItem

from app.grid.tile import Tile
from app.grid.tile_delegate import TileDelegate
from app.style.theme import CORNER


class PhotoDelegate(TileDelegate):
    """Tiles of whole photos; the ring of a chosen one follows the photo's edge."""

    def set_side(self, side: int) -> None:
        """Paint larger or smaller tiles."""
        self.side = side

    def _paint_standing(self, painter: QPainter, place: QRect, palette: QPalette, tile: Tile) -> None:
        """Paint nothing more: paleness and the words of the tile say that a photo is missing."""

    def _paint_ring(self, painter: QPainter, place: QRect, option: QStyleOptionViewItem, tile: Tile) -> None:
        pixmap = self._pixmap_of(painter, tile)
        if pixmap is not None and not pixmap.isNull():
            size = pixmap.deviceIndependentSize().toSize().boundedTo(QSize(self.side, self.side))
            around = QRect(place.topLeft(), size)
            around.moveCenter(place.center())
            place = around
        super()._paint_ring(painter, place, option, tile)

    def _draw_outline(self, painter: QPainter, rect: QRectF, tile: Tile) -> None:
        painter.drawRoundedRect(rect, CORNER / 2, CORNER / 2)
