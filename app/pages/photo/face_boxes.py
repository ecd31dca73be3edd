"""The boxes around the faces on a photo: how they look, and which one is where."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPalette, QPen

from app.grid.tile import Standing
from app.pages.photo.framing import Framing
from app.style.lettering import paint_line
from app.style.theme import Space, TextSize, font_of
from engine.geometry import Box

ROUND = 4.0
"""Radius of a box's corners."""
NARROW = 56.0
"""A box less wide than this shows its name only while it is pointed at."""
EASY = 10.0
"""How far around a small box a click still means it."""
UNDER = QColor(0, 0, 0, 130)
"""What lies under every line, so that it is seen on any photo; not of the palette, as photos are not."""
LINE = QColor(255, 255, 255)

LINES = {
    Standing.CONFIRMED: (2.0, Qt.PenStyle.SolidLine),
    Standing.SUGGESTED: (2.0, Qt.PenStyle.DashLine),
    Standing.PLAIN: (1.2, Qt.PenStyle.SolidLine),
    Standing.IGNORED: (1.4, Qt.PenStyle.DotLine),
}
BADGES = {Standing.SUGGESTED: "?", Standing.PLAIN: "+"}


@dataclass(frozen=True, slots=True)
class FaceMark:
    """A face on the photo; `box` is relative (0 to 1) to it."""

    face: int
    box: Box
    standing: Standing
    name: str


def face_at(marks: Sequence[FaceMark], framing: Framing, point: QPointF) -> int | None:
    """Return the face at a point of the view: of boxes that lie over each other the smallest."""
    found = [mark for mark in marks if _easy(framing.rect_of(mark.box)).contains(point)]
    return min(found, key=lambda mark: mark.box.area).face if found else None


def paint_faces(
    painter: QPainter, marks: Iterable[FaceMark], framing: Framing, palette: QPalette, pointed: set[int]
) -> None:
    """Paint the boxes, those of the faces in `pointed` last and in the accent colour."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for mark in sorted(marks, key=lambda mark: mark.face in pointed):
        rect = framing.rect_of(mark.box)
        here = mark.face in pointed
        _paint_line(painter, rect, mark.standing, palette.color(QPalette.ColorRole.Highlight) if here else LINE)
        if here or rect.width() >= NARROW:
            _paint_label(painter, rect, _words_of(mark), palette)


def paint_waiting(painter: QPainter, rects: Iterable[QRectF], words: str, palette: QPalette) -> None:
    """Paint boxes, in the view, of which no face is known yet, and the words that say so."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for rect in rects:
        _paint_line(painter, rect, Standing.SUGGESTED, palette.color(QPalette.ColorRole.Highlight))
        _paint_label(painter, rect, words, palette)


def _easy(rect: QRectF) -> QRectF:
    more = max(EASY - min(rect.width(), rect.height()) / 4, 0.0)
    return rect.adjusted(-more, -more, more, more)


def _paint_line(painter: QPainter, rect: QRectF, standing: Standing, colour: QColor) -> None:
    width, style = LINES[standing]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(UNDER, width + 2.0))
    painter.drawRoundedRect(rect, ROUND, ROUND)
    painter.setPen(QPen(colour, width, style))
    painter.drawRoundedRect(rect, ROUND, ROUND)


def _words_of(mark: FaceMark) -> str:
    return " ".join(part for part in (mark.name, BADGES.get(mark.standing, "")) if part)


def _paint_label(painter: QPainter, rect: QRectF, words: str, palette: QPalette) -> None:
    if not words:
        return
    font = font_of(TextSize.BODY)
    measure = QFontMetricsF(font)
    width = measure.horizontalAdvance(words) + 2 * Space.SMALL
    label = QRectF(rect.center().x() - width / 2, rect.bottom() + Space.TINY, width, measure.height() + Space.TINY)
    ground = palette.color(QPalette.ColorRole.Base)
    ground.setAlphaF(0.9)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(label, label.height() / 2, label.height() / 2)
    painter.setPen(palette.color(QPalette.ColorRole.Text))
    painter.setFont(font)
    paint_line(painter, label, Qt.AlignmentFlag.AlignCenter, words)
