"""How the map is painted: points, pictures with names, what is under the mouse, and the lasso."""

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen, QPolygonF

from app.face_map.camera import Camera
from app.face_map.dots import Dots, dot_radius
from app.face_map.islands import ALL_BELOW, Shown, choose_shown
from app.face_map.scene import Scene
from app.face_map.sprites import RING, Sprite, Sprites
from app.pictures.pictures import Pictures
from app.style.theme import Space

SIDES = (38, 48, 60, 76, 96)
"""Pictures come in these sizes, so that none is made anew at each step of the wheel."""

MANY = 4 * ALL_BELOW
"""Where the cells in sight hold more faces than these, they are not counted one by one."""

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


class MapPainter:
    """Paints a scene; what costs much is kept, or comes with one of the next frames."""

    def __init__(self, pictures: Pictures) -> None:
        self._sprites, self._dots = Sprites(pictures), Dots()
        self._painted: Scene | None = None
        self.shown = Shown(np.empty(0, np.int64), 0)
        """The faces that were painted as pictures last."""

    @property
    def whole(self) -> bool:
        """Whether all pictures were painted last; the others come with the next frames."""
        return self._sprites.whole

    def paint(
        self, painter: QPainter, scene: Scene, look: Look, palette: QPalette, ratio: float, *, moving: bool
    ) -> None:
        """Paint everything; `ratio` is the screen's pixels in one of the widget's.

        `moving` says that another camera follows at once: points may be stretched until then.
        """
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        self._dots.paint(painter, scene, look.camera, look.selected, palette, ratio, moving=moving)
        self._pictured(painter, scene, look, palette, ratio)
        self._marks(painter, scene, look, palette)
        _paint_outline(painter, look.outline, palette)

    def row_at(self, scene: Scene, camera: Camera, at: QPointF) -> int:
        """Return the row of the face at a point of the widget, a picture's before a mere point; −1 where none is."""
        if scene is not self._painted:  # its pictures are not chosen yet
            return scene.nearest(camera, at.x(), at.y(), REACH)
        spots = camera.to_widget(scene.points[self.shown.rows])
        apart = np.hypot(spots[:, 0] - at.x(), spots[:, 1] - at.y())
        if len(apart) and apart.min() <= self.shown.side / 2:
            return int(self.shown.rows[apart.argmin()])
        return scene.nearest(camera, at.x(), at.y(), max(REACH, dot_radius(len(scene), camera)))

    def _pictured(self, painter: QPainter, scene: Scene, look: Look, palette: QPalette, ratio: float) -> None:
        """Paint the faces that are shown as pictures, the largest groups on top."""
        chosen = choose_shown(scene.points, scene.middles, look.camera, scene.few_in_sight(look.camera, MANY))
        self.shown = Shown(chosen.rows, max(side for side in SIDES if side <= max(chosen.side, SIDES[0])))
        self._painted, rows = scene, self.shown.rows
        spots, named = look.camera.to_widget(scene.points[rows]).tolist(), np.isin(rows, scene.middles).tolist()
        selected = _among(rows, look.selected).tolist()
        self._sprites.begin(scene, palette, ratio)
        for place in range(len(rows) - 1, -1, -1):
            look_of = partial(
                self._look_of, scene, int(rows[place]), palette, named=named[place], ringed=selected[place]
            )
            key = int(rows[place]), self.shown.side, named[place], selected[place]
            self._sprites.paint(painter, key, look_of, *spots[place])

    def _look_of(self, scene: Scene, row: int, palette: QPalette, *, named: bool, ringed: bool) -> Sprite:
        return Sprite(
            int(scene.ids[row]),
            self.shown.side,
            int(scene.colours[row]),
            scene.called(int(scene.groups[row])) if named else "",
            palette.color(QPalette.ColorRole.Highlight).rgba() if ringed else None,
        )

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


def _among(rows: NDArray[np.int64], rising: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return (n,): whether each of a few rows is among many, which rise."""
    if not len(rising):
        return np.zeros(len(rows), bool)
    found: NDArray[np.bool_] = rising[np.minimum(np.searchsorted(rising, rows), len(rising) - 1)] == rows
    return found


def _paint_outline(painter: QPainter, outline: tuple[QPointF, ...], palette: QPalette) -> None:
    if len(outline) < 2:
        return
    colour = palette.color(QPalette.ColorRole.Highlight)
    painter.setPen(QPen(colour, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    ground = QColor(colour)
    ground.setAlpha(40)
    painter.setBrush(ground)
    painter.drawPolygon(QPolygonF(list(outline)))
