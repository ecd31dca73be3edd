"""The name that a group may have, on the lower edge of its circle; a click takes it."""

from PySide6.QtCore import QCoreApplication, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPalette

from app.style.lettering import paint_line
from app.style.theme import Space, TextSize, font_of
from engine.words import fill

translate = QCoreApplication.translate


def chip_place(circle: QRect, name: str) -> QRect:
    """Return where the chip of a name lies in a tile's circle: as wide as its words, and never wider than the tile."""
    measure = QFontMetrics(font_of(TextSize.HINT))
    width = min(circle.width(), measure.horizontalAdvance(_words(name)) + 2 * Space.SMALL)
    height = measure.height() + Space.TINY
    return QRect(circle.center().x() - width // 2, circle.bottom() - height + 1, width, height)


def paint_chip(painter: QPainter, circle: QRect, palette: QPalette, name: str) -> None:
    """Paint the name as a question, in the accent colour."""
    place = chip_place(circle, name)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.color(QPalette.ColorRole.Highlight))
    painter.drawRoundedRect(QRectF(place), place.height() / 2, place.height() / 2)
    painter.setPen(palette.color(QPalette.ColorRole.HighlightedText))
    painter.setFont(font_of(TextSize.HINT))
    inside = place.adjusted(Space.TINY, 0, -Space.TINY, 0)
    words = painter.fontMetrics().elidedText(_words(name), Qt.TextElideMode.ElideMiddle, inside.width())
    paint_line(painter, inside, Qt.AlignmentFlag.AlignCenter, words)
    painter.restore()


def _words(name: str) -> str:
    return fill(translate("PeopleChip", "{name}?"), name=name)
