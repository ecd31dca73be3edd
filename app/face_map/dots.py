"""The image of all points: painted for one camera, with ground around it, then moved and stretched for those after."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter, QPalette

from app.face_map.camera import Camera
from app.face_map.raster import LEVELS, Canvas
from app.face_map.scene import Scene

LEAST_DOT, MOST_DOT = 1.0, 7.0
SHARE_OF_ROOM = 0.2
"""A point's radius, as a share of the room that each face has where the whole is seen."""

GROWTH = 0.4
"""Points grow with this power of how near one is."""

RINGED = 5_000
"""Up to so many selected points have a ring; of more one sees by the others, which fade, that they are selected."""

FADED = 0.3
"""How opaque points are while others are selected."""

BEYOND = 160
"""Pixels of the widget that are painted around it, so that most steps of a hand only move the image."""

STRETCHED = 0.72, 1.4
"""While one goes nearer or farther, the image is stretched between these; it is painted anew where one stays."""


@dataclass(frozen=True, slots=True)
class _Made:
    """An image and what it was painted of; it shows the canvas's own memory."""

    image: QImage
    canvas: Canvas
    camera: Camera
    scene: Scene
    selected: NDArray[np.int64]
    ratio: float
    palette: int


class Dots:
    """Keeps the image as long as it serves."""

    def __init__(self) -> None:
        self._made: _Made | None = None
        self.exact = True
        """Whether the points were painted for the very camera last, not stretched."""

    def paint(
        self,
        painter: QPainter,
        scene: Scene,
        camera: Camera,
        selected: NDArray[np.int64],
        palette: QPalette,
        ratio: float,
        *,
        moving: bool,
    ) -> None:
        """Paint all points; `moving` says that another camera follows at once, so that they may be stretched."""
        made = self._made
        same = made is not None and (
            made.scene is scene
            and made.selected is selected
            and (made.ratio, made.palette) == (ratio, palette.cacheKey())
            and _serves(made, camera, moving=moving)
        )
        if made is None or not same:
            made = self._made = _make(scene, camera, selected, palette, ratio)
        self.exact = made.camera.scale == camera.scale
        smooth = painter.testRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        # Nothing is mixed: points stay sharp, and a stretched image costs little more than one that is copied.
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)  # noqa: FBT003 Qt's own
        place = _place_of(made, camera)
        if self.exact:
            painter.drawImage(place.topLeft(), made.image)
        else:
            painter.drawImage(place, made.image, QRectF(made.image.rect()))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)


def dot_radius(count: int, camera: Camera) -> float:
    """Return the radius of a point, in pixels of the widget: larger where there are few, and where one is near."""
    room = np.sqrt(camera.width * camera.height / max(count, 1)) * SHARE_OF_ROOM
    nearness = (camera.scale / max(camera.whole, 1e-9)) ** GROWTH
    return float(np.clip(np.clip(room, LEAST_DOT, MOST_DOT / 2) * nearness, LEAST_DOT, MOST_DOT))


def _make(scene: Scene, camera: Camera, selected: NDArray[np.int64], palette: QPalette, ratio: float) -> _Made:
    width, height = camera.width + 2 * BEYOND, camera.height + 2 * BEYOND
    canvas = Canvas(round(width * ratio), round(height * ratio), _margin(ratio))
    radius, wide = dot_radius(len(scene), camera) * ratio, camera.resized(width, height)
    drawn = wide.to_widget(scene.drawn_points) * np.float32(ratio)
    canvas.dots(drawn, scene.drawn_colours, radius, FADED if len(selected) else 1.0)
    if len(selected):
        places, colours = wide.to_widget(scene.points[selected]) * np.float32(ratio), scene.colours[selected]
        if len(colours) <= RINGED:
            ink = np.full(len(colours), palette.color(QPalette.ColorRole.Text).rgba(), np.uint32)
            canvas.dots(places, ink, radius + 2 * ratio)
        canvas.dots(places, colours, radius + ratio / 2, least_level=LEVELS)
    rows, columns = canvas.pixels.shape
    image = QImage(canvas.pixels.data, columns, rows, 4 * columns, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    return _Made(image, canvas, camera, scene, selected, ratio, palette.cacheKey())


def _serves(made: _Made, camera: Camera, *, moving: bool) -> bool:
    """Say whether an image still covers what a camera sees, and shows it well enough."""
    least, most = STRETCHED
    stretch = camera.scale / made.camera.scale
    if (camera.width, camera.height) != (made.camera.width, made.camera.height):
        return False
    if stretch != 1 and not (moving and least <= stretch <= most):
        return False
    return _place_of(made, camera).contains(QRectF(0, 0, camera.width, camera.height))


def _place_of(made: _Made, camera: Camera) -> QRectF:
    """Return where the image lies on a camera's widget; on whole pixels of the screen where it is not stretched."""
    at_first, stretch = made.camera, camera.scale / made.camera.scale
    beyond = BEYOND + _margin(made.ratio) / made.ratio
    left = (at_first.x - camera.x) * camera.scale + camera.width / 2 - (camera.width / 2 + beyond) * stretch
    top = (at_first.y - camera.y) * camera.scale + camera.height / 2 - (camera.height / 2 + beyond) * stretch
    if stretch == 1:
        left, top = round(left * made.ratio) / made.ratio, round(top * made.ratio) / made.ratio
    size = made.image.deviceIndependentSize()
    return QRectF(left, top, size.width() * stretch, size.height() * stretch)


def _margin(ratio: float) -> int:
    return int(np.ceil((MOST_DOT + 2) * ratio))
