"""Icons: Lucide's drawings in the colours of the palette, drawn anew at every size and on every screen."""

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.style.painting import painting

DRAWINGS = Path(__file__).resolve().parents[2] / "resources" / "icons" / "lucide"

SMALL, PLAIN = 16, 18
"""Sides of icons in menus and buttons, and in the sidebar."""

INK = b'"currentColor"'
"""What stands for the colour in a drawing."""


def icon(name: str, role: QPalette.ColorRole = QPalette.ColorRole.ButtonText) -> QIcon:
    """Return an icon by the name of its drawing, in the colour that the palette has for `role` when it is painted."""
    return QIcon(_Drawn(name, role))


class _Drawn(QIconEngine):
    """Asks the palette whenever it paints, so that a change of scheme needs nobody to make icons anew."""

    def __init__(self, name: str, role: QPalette.ColorRole) -> None:
        super().__init__()
        self._name, self._role = name, role

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw the icon at the left of a rectangle: what it is wider than high keeps words away from the icon."""
        side = min(rect.width(), rect.height())
        place = QRectF(rect.left(), rect.top() + (rect.height() - side) / 2, side, side)
        _drawing(self._name, self._colour(mode)).render(painter, place)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the icon at a size in pixels of the screen."""
        drawn = QPixmap(size)
        drawn.fill(Qt.GlobalColor.transparent)
        with painting(drawn) as painter:
            self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        return drawn

    def iconName(self) -> str:
        """Return the name of the drawing."""
        return self._name

    def clone(self) -> QIconEngine:
        """Return another one that draws the same."""
        return _Drawn(self._name, self._role)

    def _colour(self, mode: QIcon.Mode) -> str:
        palette = QGuiApplication.palette()
        if mode == QIcon.Mode.Disabled:
            return palette.color(QPalette.ColorGroup.Disabled, self._role).name()
        chosen = QPalette.ColorRole.HighlightedText if mode == QIcon.Mode.Selected else self._role
        return palette.color(chosen).name()


def paint_icon(painter: QPainter, name: str, place: QRect, colour: QColor) -> None:
    """Draw an icon into a rectangle in a colour: for what is painted by hand."""
    _drawing(name, colour.name()).render(painter, QRectF(place))


@lru_cache(maxsize=256)
def _drawing(name: str, colour: str) -> QSvgRenderer:
    drawn = (DRAWINGS / f"{name}.svg").read_bytes()
    return QSvgRenderer(QByteArray(drawn.replace(INK, f'"{colour}"'.encode())))
