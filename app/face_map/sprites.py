"""The pictures on the map, each with its ring and the name below it as one pixmap: painted once, then only copied."""

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPalette, QPen, QPixmap

from app.pictures.pictures import Picture, Pictures, Shape
from app.style.theme import Space, TextSize, font_of

KEPT = 600
"""Pixmaps that are kept: several screens full."""

RING, STRONG_RING = 2.5, 4.0
NAME_LETTERS = 20


@dataclass(frozen=True, slots=True)
class Sprite:
    """What makes one picture differ from another: the face, its width, colours as numbers, and the name."""

    face: int
    side: int
    colour: int
    name: str = ""
    accent: int | None = None


class Sprites:
    """Gives pixmaps; one whose picture has not arrived shows the colour alone and is painted again later."""

    def __init__(self, pictures: Pictures) -> None:
        self._pictures = pictures
        self._kept: OrderedDict[tuple[Sprite, float, int], QPixmap] = OrderedDict()

    def paint(self, painter: QPainter, look: Sprite, spot: QPointF, palette: QPalette, ratio: float) -> None:
        """Paint a picture with its middle at a spot."""
        pixmap = self._pixmap(look, palette, ratio)
        width = pixmap.width() / ratio
        # To whole pixels of the screen: between them everything would be mixed anew, and blurred.
        left = round((spot.x() - width / 2) * ratio) / ratio
        top = round((spot.y() - look.side / 2 - STRONG_RING) * ratio) / ratio
        painter.drawPixmap(QPointF(left, top), pixmap)

    def _pixmap(self, look: Sprite, palette: QPalette, ratio: float) -> QPixmap:
        key = (look, ratio, palette.cacheKey())
        known = self._kept.get(key)
        if known is not None:
            self._kept.move_to_end(key)
            return known
        face = self._pictures.pixmap(Picture(Shape.CIRCLE, look.face), look.side, ratio)
        made = _made(look, face, palette, ratio)
        if face is not None:
            self._kept[key] = made
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return made


def _made(look: Sprite, face: QPixmap | None, palette: QPalette, ratio: float) -> QPixmap:
    font = font_of(TextSize.HINT)
    metrics = QFontMetricsF(font)
    words = look.name if len(look.name) <= NAME_LETTERS else f"{look.name[: NAME_LETTERS - 1].rstrip()}…"
    written = metrics.horizontalAdvance(words) + 2 * Space.SMALL if words else 0.0
    line = metrics.height() + 2 if words else 0.0
    width, height = max(look.side + 2 * STRONG_RING, written), look.side + 2 * STRONG_RING + line
    pixmap = QPixmap(round(width * ratio), round(height * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    colour = QColor.fromRgba(look.colour)
    box = QRectF((width - look.side) / 2, STRONG_RING, look.side, look.side)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(box)
    if face is not None and not face.isNull():
        painter.drawPixmap(box.topLeft(), face)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if look.accent is None:
        painter.setPen(QPen(colour, RING))
    else:
        painter.setPen(QPen(QColor.fromRgba(look.accent), STRONG_RING))
    painter.drawEllipse(box)
    if words:
        ground = palette.color(QPalette.ColorRole.Base)
        ground.setAlpha(225)
        label = QRectF((width - written) / 2, look.side + STRONG_RING, written, line)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(label, line / 2, line / 2)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        painter.setFont(font)
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, words)
    painter.end()
    return pixmap
