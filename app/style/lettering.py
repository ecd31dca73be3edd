"""Letters of every script have room: which font writes a language, and text that is painted by hand."""

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QFontMetrics, QPainter, QRawFont

from app.style.theme import Space, TextSize, font_of, system_font

SCRIPTS = {"ko": QFontDatabase.WritingSystem.Korean}
"""Scripts that fonts made for Latin letters lack."""

LETTERS = "etaoin shrdlu"
"""The letters that come most often, and a space among them."""

USUAL_LINE = 1.17
"""How high a line of a font of Latin letters is, in sizes of the font."""


def families_for(language: str, usual: Sequence[str]) -> list[str]:
    """Return the families of fonts that write a language, the usual ones where they have all of its letters.

    Qt takes letters that a font lacks from another one, but measures lines by the first: letters that are higher would
    be cut off. So where another one writes the script, it writes everything.
    """
    script = SCRIPTS.get(language)
    # Asked for a font of a script that none is of, Qt ends the program.
    if script is None or not QFontDatabase.families(script):
        return list(usual)
    font = QFont()
    font.setFamilies(usual)
    first, found = QRawFont.fromFont(font), QRawFont.fromFont(font, script).familyName()
    return [found, *usual] if found and found != first.familyName() else list(usual)


def letter_width(font: QFont) -> float:
    """Return how wide a Latin letter is on average; Qt's own average is of all that a font has, syllables too."""
    return QFontMetrics(font).horizontalAdvance(LETTERS) / len(LETTERS)


def row_height(font: QFont) -> int:
    """Return how high the row of a list is: in fonts whose lines are high, these are the room around it already."""
    usual = round(USUAL_LINE * QFontInfo(font).pixelSize()) + Space.LARGE
    return max(usual, QFontMetrics(font).height() + Space.SMALL)


def paint_line(painter: QPainter, place: QRect | QRectF, align: Qt.AlignmentFlag, text: str) -> None:
    """Paint a line of text whole, also where a name has letters of a script that is higher than the place."""
    painter.drawText(place, _whole(align), text)


@lru_cache(maxsize=32)
def _whole(align: Qt.AlignmentFlag) -> int:
    return (align | Qt.TextFlag.TextDontClip).value


def line_height(size: TextSize) -> int:
    """Return how high a line of text of this size is."""
    return _measured(system_font(), size).height()


def line_width(text: str, size: TextSize) -> int:
    """Return how wide a line of text of this size is; what stands on tiles is measured once."""
    return _width(system_font(), text, size)


def fitted(text: str, size: TextSize, width: int, mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> str:
    """Return a text of this size, cut off where it is wider than this."""
    if line_width(text, size) <= width:
        return text
    return _measured(system_font(), size).elidedText(text, mode, width)


@lru_cache(maxsize=16)
def _measured(_system: str, size: TextSize) -> QFontMetrics:
    """Measure by the font of a size, once for each font of the system."""
    return QFontMetrics(font_of(size))


@lru_cache(maxsize=4_096)
def _width(system: str, text: str, size: TextSize) -> int:
    return _measured(system, size).horizontalAdvance(text)
