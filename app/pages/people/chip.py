"""The name that a group may have, on the lower edge of its circle; a click takes it."""

from PySide6.QtCore import QCoreApplication, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPalette

from app.style.lettering import fitted, line_height, line_width, paint_line
from app.style.theme import Space, TextSize, font_of
from engine.words import fill

translate = QCoreApplication.translate


def chip_place(circle: QRect, name: str) -> QRect:
    """Return where the chip of a name lies in a tile's circle: as wide as its words, and never wider than the tile."""
    return _place(circle, _words(name))


def _place(circle: QRect, words: str) -> QRect:
    width = min(circle.width(), line_width(words, TextSize.HINT) + 2 * Space.SMALL)
    height = line_height(TextSize.HINT) + Space.TINY
    return QRect(circle.center().x() - width // 2, circle.bottom() - height + 1, width, height)


def paint_chip(painter: QPainter, circle: QRect, palette: QPalette, name: str) -> None:
    """Paint the name as a question, in the accent colour."""
    words = _words(name)
    place = _place(circle, words)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.color(QPalette.ColorRole.Highlight))
    painter.drawRoundedRect(QRectF(place), place.height() / 2, place.height() / 2)
    painter.setPen(palette.color(QPalette.ColorRole.HighlightedText))
    painter.setFont(font_of(TextSize.HINT))
    inside = place.adjusted(Space.TINY, 0, -Space.TINY, 0)
    shown = fitted(words, TextSize.HINT, inside.width(), Qt.TextElideMode.ElideMiddle)
    paint_line(painter, inside, Qt.AlignmentFlag.AlignCenter, shown)
    painter.restore()


def _words(name: str) -> str:
    return fill(translate("PeopleChip", "{name}?"), name=name)
