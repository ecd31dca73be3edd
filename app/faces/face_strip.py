"""A few faces in a row, to recognise somebody by."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.pictures.pictures import Picture, Pictures, Shape
from app.style.painting import painting
from app.style.theme import CORNER, Space


class FaceStrip(QWidget):
    """Paints faces of one size side by side; `count` of them fit, and the room is kept for those that are missing.

    Where there is less room, fewer are painted.
    """

    def __init__(self, pictures: Pictures, side: int, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures, self._side, self._count = pictures, side, count
        self._shown: tuple[Picture, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        pictures.arrived.connect(self._take)

    def set_count(self, count: int) -> None:
        """Keep room for so many faces."""
        self._count = count
        self.updateGeometry()

    def show_faces(self, faces: Sequence[int], name: str, shape: Shape = Shape.ROUNDED) -> None:
        """Show these faces, by id; `name` is what screen readers say."""
        self._shown = tuple(Picture(shape, face) for face in faces[: self._count])
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for all faces."""
        return QSize(self._count * (self._side + Space.SMALL) - Space.SMALL, self._side)

    def minimumSizeHint(self) -> QSize:
        """Return the room for one face."""
        return QSize(self._side, self._side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the faces that are there."""
        with painting(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for place, picture in enumerate(self._shown):
                rect = QRect(place * (self._side + Space.SMALL), 0, self._side, self._side)
                if rect.right() > self.width():
                    break
                pixmap = self._pictures.pixmap(picture, self._side, self.devicePixelRatioF())
                if pixmap is None or pixmap.isNull():
                    self._paint_place(painter, rect, picture)
                else:
                    self._paint_face(painter, rect, pixmap)

    def _paint_face(self, painter: QPainter, rect: QRect, pixmap: QPixmap) -> None:
        size = pixmap.deviceIndependentSize()
        place = QRectF(0, 0, size.width(), size.height())
        place.moveCenter(QRectF(rect).center())
        painter.drawPixmap(place, pixmap, QRectF(pixmap.rect()))

    def _paint_place(self, painter: QPainter, rect: QRect, picture: Picture) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.AlternateBase))
        radius = self._side / 2 if picture.shape is Shape.CIRCLE else CORNER
        painter.drawRoundedRect(rect, radius, radius)

    def _take(self, picture: Picture) -> None:
        if picture in self._shown:
            self.update()
