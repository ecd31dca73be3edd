"""Hangul has room wherever text is shown."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QBitmap, QColor, QFont, QFontMetrics, QImage, QPainter, QRegion, QTextLayout
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QSpinBox, QWidget

from app.style.language import language_in_use
from app.style.lettering import families_for, paint_line
from app.style.theme import TextSize, font_of
from engine.words.catalogue import ENGLISH

TALL = "뷁얼굴 gpÁ"

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def korean(dressed: QApplication) -> Iterator[QApplication]:
    """The application in Korean, where a font has its letters."""
    if families_for("ko", dressed.font().families()) == dressed.font().families():
        pytest.skip("no font beside the usual one has Hangul (Debian: apt-get install fonts-noto-cjk)")
    language_in_use().choose("ko")
    yield dressed
    language_in_use().choose(ENGLISH)


def needed(font: QFont) -> float:
    """Return how high a line of Hangul and Latin letters is."""
    layout = QTextLayout(TALL, font)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    return line.height()


@pytest.mark.parametrize("size", list(TextSize))
@pytest.mark.parametrize("times", [1, 2])
def test_lines_are_measured_by_the_letters_of_the_language(korean: QApplication, size: TextSize, times: int) -> None:
    before = korean.font()
    larger = QFont(before)
    larger.setPointSizeF(before.pointSizeF() * times)
    korean.setFont(larger)
    try:
        assert QFontMetrics(font_of(size)).height() >= needed(font_of(size)) - 1
    finally:
        korean.setFont(before)


def test_the_usual_font_is_back_in_english(dressed: QApplication) -> None:
    before = dressed.font()
    for language in ("ko", ENGLISH):
        language_in_use().choose(language)
    assert dressed.font() == before


@pytest.mark.parametrize("widget", [QLabel, QPushButton, QLineEdit, QSpinBox])
def test_controls_show_all_of_it(korean: QApplication, widget: type[QWidget]) -> None:
    made = widget()
    if isinstance(made, QSpinBox):
        made.setSpecialValueText(TALL)
    elif isinstance(made, QLabel | QPushButton | QLineEdit):
        made.setText(TALL)
    made.resize(made.sizeHint().width() + 200, made.sizeHint().height())
    assert made.sizeHint().height() >= needed(made.font())
    made.deleteLater()


@pytest.mark.parametrize("size", list(TextSize))
def test_a_name_in_hangul_is_painted_whole_in_a_latin_line(size: TextSize) -> None:
    font = font_of(size)
    height = QFontMetrics(font).height()
    assert inked(font, QRect(20, 60, 300, height)) == inked(font, QRect(20, 60 - height, 300, 3 * height))


def inked(font: QFont, place: QRect) -> QRect:
    """Return the rectangle of what is painted."""
    image = QImage(340, 160, QImage.Format.Format_ARGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setFont(font)
    paint_line(painter, place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, TALL)
    painter.end()
    mask = image.createMaskFromColor(QColor("white").rgb(), Qt.MaskMode.MaskOutColor)
    return QRegion(QBitmap.fromImage(mask)).boundingRect()
