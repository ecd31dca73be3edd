"""The pictures on the map, each with its ring and the name below it as one pixmap: painted once, then only copied."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPalette, QPen, QPixmap

from app.pictures.pictures import Picture, Pictures, Shape
from app.style.lettering import paint_line
from app.style.painting import painting
from app.style.theme import Space, TextSize, font_of

KEPT = 600
"""Pixmaps that are kept: several screens full."""

MADE_AT_ONCE = 4
"""Pixmaps that one frame makes, or pictures that it asks for: making one takes about a millisecond."""

ASKED = 200
"""Of so many pictures some may be forgotten (`app/pictures`): they are asked for again."""

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


Key = tuple[int, int, bool, bool]
"""A row of a scene, the width of its picture, and whether it is named and ringed."""


class Sprites(QObject):
    """Gives pixmaps; one whose picture has not arrived shows the colour alone and is made again later.

    Few are made in one frame, which would take long otherwise; where one lacks, its point is seen until the next frame.
    """

    def __init__(self, pictures: Pictures) -> None:
        super().__init__()
        self._pictures = pictures
        self._kept: OrderedDict[tuple[Sprite, float, int, bool], QPixmap] = OrderedDict()
        self._of_scene: dict[Key, QPixmap] = {}
        self._scene: object = None
        self._palette, self._ratio = QPalette(), 1.0
        self._asked: set[int] = set()
        """The faces whose pictures have been asked for and have not come."""
        pictures.arrived.connect(self._note)
        self._to_make = MADE_AT_ONCE
        self.whole = True
        """Whether none lacked in this frame."""

    def _note(self, picture: Picture) -> None:
        self._asked.discard(picture.id)

    def begin(self, scene: object, palette: QPalette, ratio: float) -> None:
        """Begin a frame of a scene, whose keys are others than those of another one."""
        same = self._scene is scene and self._palette.cacheKey() == palette.cacheKey() and self._ratio == ratio
        if not same or len(self._of_scene) > KEPT:
            self._of_scene.clear()
        self._scene, self._palette, self._ratio = scene, palette, ratio
        self._to_make, self.whole = MADE_AT_ONCE, True

    def paint(self, painter: QPainter, key: Key, look_of: Callable[[], Sprite], x: float, y: float) -> None:
        """Paint a picture with its middle at a spot; `look_of` is asked where the key is new."""
        pixmap = self._of_scene.get(key) or self._find(key, look_of())
        if pixmap is None:
            return
        # To whole pixels of the screen: between them everything would be mixed anew, and blurred.
        ratio = self._ratio
        left = round((x - pixmap.width() / ratio / 2) * ratio) / ratio
        top = round((y - key[1] / 2 - STRONG_RING) * ratio) / ratio
        painter.drawPixmap(QPointF(left, top), pixmap)

    def _find(self, key: Key, look: Sprite) -> QPixmap | None:
        known = (look, self._ratio, self._palette.cacheKey())
        pixmap = self._kept.get((*known, True))
        if pixmap is not None:
            self._kept.move_to_end((*known, True))
            self._of_scene[key] = pixmap
            return pixmap
        plain = self._kept.get((*known, False))
        if plain is not None and look.face in self._asked:
            return plain
        if not self._to_make:
            self.whole = False
            return plain
        self._to_make -= 1
        if len(self._asked) > ASKED:
            self._asked.clear()
        self._asked.add(look.face)
        face = self._pictures.pixmap(Picture(Shape.CIRCLE, look.face), look.side, self._ratio)
        if face is None and plain is not None:
            return plain
        pixmap = self._kept[*known, face is not None] = _made(look, face, self._palette, self._ratio)
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        if face is not None:
            self._of_scene[key] = pixmap
        return pixmap


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
    with painting(pixmap) as painter:
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
            paint_line(painter, label, Qt.AlignmentFlag.AlignCenter, words)
    return pixmap
