"""How the map is painted: points, pictures with names, what is under the mouse, and the lasso."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPalette, QPen, QPolygonF

from app.face_map.camera import Camera, Places
from app.face_map.islands import Shown, choose_shown
from app.face_map.raster import LEVELS, Canvas
from app.face_map.scene import Scene
from app.face_map.sprites import RING, Sprite, Sprites
from app.pictures.pictures import Pictures
from app.style.theme import Space

SIDES = (38, 48, 60, 76, 96)
"""Pictures come in these sizes, so that none is made anew at each step of the wheel."""

LEAST_DOT, MOST_DOT = 1.0, 7.0
SHARE_OF_ROOM = 0.2
"""A point's radius, as a share of the room that each face has where the whole is seen."""

GROWTH = 0.4
"""Points grow with this power of how near one is."""

RINGED = 5_000
"""Up to so many selected points have a ring; of more one sees by the others, which fade, that they are selected."""

FADED = 0.3
"""How opaque points are while others are selected."""

REACH = 9.0
"""Pixels around a point at which the mouse is on it."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the map is looked at with: the rows that are selected, the current one and the one under the mouse, or −1.

    `outline` is what is being drawn, in pixels of the widget.
    """

    camera: Camera
    selected: NDArray[np.int64]
    current: int = -1
    hovered: int = -1
    outline: tuple[QPointF, ...] = ()


@dataclass(frozen=True, slots=True)
class _Dotted:
    """What an image of points was painted of."""

    scene: Scene
    camera: Camera
    selected: bytes
    ratio: float
    palette: int


class MapPainter:
    """Paints a scene; the image of the points is kept as long as neither they nor the camera change."""

    def __init__(self, pictures: Pictures) -> None:
        self._sprites = Sprites(pictures)
        self._dots: QImage | None = None
        self._canvas: Canvas | None = None
        self._dotted: _Dotted | None = None
        self._painted: Scene | None = None
        self.shown = Shown(np.empty(0, np.int64), 0)
        """The faces that were painted as pictures last."""

    def paint(self, painter: QPainter, scene: Scene, look: Look, palette: QPalette, ratio: float) -> None:
        """Paint everything; `ratio` is the screen's pixels in one of the widget's."""
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        corner = QPointF(-_margin(ratio) / ratio, -_margin(ratio) / ratio)
        painter.drawImage(corner, self._points(scene, look, palette, ratio))
        self._pictured(painter, scene, look, palette, ratio)
        self._marks(painter, scene, look, palette)
        _paint_outline(painter, look.outline, palette)

    def row_at(self, scene: Scene, camera: Camera, at: QPointF) -> int:
        """Return the row of the face at a point of the widget, a picture's before a mere point; −1 where none is."""
        if scene is not self._painted:  # its pictures are not chosen yet
            return nearest_row(scene, camera, at.x(), at.y(), REACH)
        spots = camera.to_widget(scene.points[self.shown.rows])
        apart = np.hypot(spots[:, 0] - at.x(), spots[:, 1] - at.y())
        if len(apart) and apart.min() <= self.shown.side / 2:
            return int(self.shown.rows[apart.argmin()])
        return nearest_row(scene, camera, at.x(), at.y(), max(REACH, dot_radius(len(scene), camera)))

    def _points(self, scene: Scene, look: Look, palette: QPalette, ratio: float) -> QImage:
        key = _Dotted(scene, look.camera, look.selected.tobytes(), ratio, palette.cacheKey())
        if self._dots is not None and key == self._dotted:
            return self._dots
        width, height = round(look.camera.width * ratio), round(look.camera.height * ratio)
        canvas = Canvas(width, height, _margin(ratio))
        radius = dot_radius(len(scene), look.camera) * ratio
        drawn = look.camera.to_widget(scene.drawn_points) * np.float32(ratio)
        canvas.dots(drawn, scene.drawn_colours, radius, FADED if len(look.selected) else 1.0)
        if len(look.selected):
            places = look.camera.to_widget(scene.points[look.selected]) * np.float32(ratio)
            colours = scene.colours[look.selected]
            if len(colours) <= RINGED:
                ink = np.full(len(colours), palette.color(QPalette.ColorRole.Text).rgba(), np.uint32)
                canvas.dots(places, ink, radius + 2 * ratio)
            canvas.dots(places, colours, radius + ratio / 2, least_level=LEVELS)
        rows, columns = canvas.pixels.shape
        image = QImage(canvas.pixels.data, columns, rows, 4 * columns, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(ratio)
        # The image shows the canvas's own memory.
        self._canvas, self._dots, self._dotted = canvas, image, key
        return image

    def _pictured(self, painter: QPainter, scene: Scene, look: Look, palette: QPalette, ratio: float) -> None:
        """Paint the faces that are shown as pictures, the largest groups on top."""
        chosen = choose_shown(scene.points, scene.middles, look.camera, scene.in_sight(look.camera))
        self.shown = Shown(chosen.rows, max(side for side in SIDES if side <= max(chosen.side, SIDES[0])))
        self._painted, rows = scene, self.shown.rows
        spots, named = look.camera.to_widget(scene.points[rows]), np.isin(rows, scene.middles)
        accent, selected = palette.color(QPalette.ColorRole.Highlight).rgba(), _among(rows, look.selected)
        for place in range(len(rows) - 1, -1, -1):
            row = int(rows[place])
            sprite = Sprite(
                int(scene.ids[row]),
                self.shown.side,
                int(scene.colours[row]),
                scene.called(int(scene.groups[row])) if named[place] else "",
                accent if selected[place] else None,
            )
            self._sprites.paint(painter, sprite, QPointF(*spots[place].tolist()), palette, ratio)

    def _marks(self, painter: QPainter, scene: Scene, look: Look, palette: QPalette) -> None:
        """Ring the current face and the one under the mouse."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pictured = set(self.shown.rows.tolist())
        for row, role in ((look.hovered, QPalette.ColorRole.Text), (look.current, QPalette.ColorRole.Highlight)):
            if 0 <= row < len(scene):
                spot = look.camera.to_widget(scene.points[row : row + 1])[0].tolist()
                radius = dot_radius(len(scene), look.camera) + Space.TINY
                if row in pictured:
                    radius = self.shown.side / 2 + RING
                painter.setPen(QPen(palette.color(role), RING))
                painter.drawEllipse(QPointF(*spot), radius, radius)


def dot_radius(count: int, camera: Camera) -> float:
    """Return the radius of a point, in pixels of the widget: larger where there are few, and where one is near."""
    room = np.sqrt(camera.width * camera.height / max(count, 1)) * SHARE_OF_ROOM
    nearness = (camera.scale / max(camera.whole, 1e-9)) ** GROWTH
    return float(np.clip(np.clip(room, LEAST_DOT, MOST_DOT / 2) * nearness, LEAST_DOT, MOST_DOT))


def nearest_row(scene: Scene, camera: Camera, x: float, y: float, reach: float) -> int:
    """Return the row of the face at a point of the widget, −1 where none is so near."""
    if not len(scene):
        return -1
    there = np.array(camera.to_map(x, y), np.float32)
    apart: Places = np.abs(scene.points - there)
    near = np.flatnonzero((apart < reach / camera.scale).all(axis=1))
    if not len(near):
        return -1
    return int(near[np.hypot(apart[near, 0], apart[near, 1]).argmin()])


def _among(rows: NDArray[np.int64], rising: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return (n,): whether each of a few rows is among many, which rise."""
    if not len(rising):
        return np.zeros(len(rows), bool)
    found: NDArray[np.bool_] = rising[np.minimum(np.searchsorted(rising, rows), len(rising) - 1)] == rows
    return found


def _margin(ratio: float) -> int:
    return int(np.ceil((MOST_DOT + 2) * ratio))


def _paint_outline(painter: QPainter, outline: tuple[QPointF, ...], palette: QPalette) -> None:
    if len(outline) < 2:
        return
    colour = palette.color(QPalette.ColorRole.Highlight)
    painter.setPen(QPen(colour, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    ground = QColor(colour)
    ground.setAlpha(40)
    painter.setBrush(ground)
    painter.drawPolygon(QPolygonF(list(outline)))
