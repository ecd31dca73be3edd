"""The drawing of the icon is one that Qt can show, at the size of a menu and at that of a launcher."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from app.style.icon import application_icon

GROUND, CHILD = 180, 32
"""Hues of two of its colours, in degrees."""


@pytest.mark.parametrize("side", [16, 512])
def test_it_is_drawn_at_every_size(qapp: QApplication, side: int) -> None:
    picture = application_icon().pixmap(QSize(side, side)).toImage()
    assert (picture.width(), picture.height()) == (side, side)

    def at(x: float, y: float) -> QColor:
        return picture.pixelColor(int(x * side), int(y * side))

    assert at(0, 0).alpha() == 0
    assert abs(at(0.8, 0.2).hue() - GROUND) < 15
    assert at(0.41, 0.31).lightness() > 230
    assert abs(at(0.66, 0.56).hue() - CHILD) < 10
