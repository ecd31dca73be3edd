"""Paints a photo in the middle of its tile, whole, with its own corners; one that is not there now is pale."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QStyleOptionViewItem

from app.grid.tile import Standing, Tile
from app.grid.tile_delegate import FADED, RING, TileDelegate
from app.style.theme import CORNER

WIDE = 1.45
"""Of a row that is as high as it may be, photos up to so many times as wide are sharp."""


class PhotoDelegate(TileDelegate):
    """Tiles of whole photos; the ring of a chosen one follows the photo's edge."""

    def set_side(self, side: int) -> None:
        """Paint larger or smaller tiles."""
        self.side = side

    def _paint_standing(self, painter: QPainter, place: QRect, palette: QPalette, tile: Tile) -> None:
        """Paint nothing more: paleness and the words of the tile say that a photo is missing."""

    def picture_rect(self, rect: QRect) -> QRect:
        """Return the whole tile: it is as wide as its photo."""
        return rect

    def _pixmap_of(self, painter: QPainter, tile: Tile) -> QPixmap | None:
        """Return the photo, large enough for most that are wider than high."""
        if tile.picture is None:
            return None
        return self._pictures.pixmap(tile.picture, round(self.side * WIDE), painter.device().devicePixelRatioF())

    def _paint_picture(self, painter: QPainter, place: QRect, option: QStyleOptionViewItem, tile: Tile) -> None:
        pixmap = self._pixmap_of(painter, tile)
        if pixmap is None or pixmap.isNull():
            super()._paint_picture(painter, place, option, tile)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setOpacity(FADED if tile.standing is Standing.IGNORED else 1.0)
        painter.drawPixmap(QRectF(_within(place, pixmap)), pixmap, QRectF(pixmap.rect()))
        painter.setOpacity(1.0)

    def _paint_ring(self, painter: QPainter, place: QRect, option: QStyleOptionViewItem, tile: Tile) -> None:
        pixmap = self._pixmap_of(painter, tile)
        shown = _within(place, pixmap) if pixmap is not None and not pixmap.isNull() else place
        # The ring lies on the photo: its neighbours are near.
        super()._paint_ring(painter, shown.adjusted(RING, RING, -RING, -RING), option, tile)

    def _draw_outline(self, painter: QPainter, rect: QRectF, tile: Tile) -> None:
        painter.drawRoundedRect(rect, CORNER / 2, CORNER / 2)


def _within(place: QRect, pixmap: QPixmap) -> QRect:
    """Return where a photo is shown whole in the middle of a place."""
    fitted = QRect(place.topLeft(), pixmap.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio))
    fitted.moveCenter(place.center())
    return fitted
