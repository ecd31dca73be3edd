"""One face or one photo, large; a click opens what it shows."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy, QWidget

from app.pictures.pictures import Picture, Pictures, Shape
from app.style import texts
from app.style.painting import painting
from app.style.theme import CORNER, Space, TextSize, font_of
from engine.geometry import Box

RING = 3


class FaceButton(QAbstractButton):
    """Paints a picture within a fixed size; Tab reaches it, a click or Space presses it.

    A click with the mouse does not take the focus, so that the keys of the page keep their meaning.
    """

    carried_off = Signal()
    """The picture is dragged away with the mouse."""

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._picture: Picture | None = None
        self._mark: Box | None = None
        self._pressed_at = QPoint()
        self._side = QSize(Space.HUGE, Space.HUGE)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        pictures.arrived.connect(self._take)

    @property
    def picture(self) -> Picture | None:
        """What is shown."""
        return self._picture

    def show_picture(self, picture: Picture | None, name: str, mark: Box | None = None) -> None:
        """Show a picture; `mark` is a relative box (0 to 1) that is outlined in a photo."""
        self._picture, self._mark = picture, mark
        self.setAccessibleName(name)
        self.setAccessibleDescription(self._pictures.why_lacking(picture) if picture else "")
        self.setToolTip(texts.plain_tip(name))
        self.setVisible(picture is not None)
        self.update()

    def set_room(self, width: int, height: int) -> None:
        """Take this much room; a face's is square."""
        if QSize(width, height) != self._side:
            self._side = QSize(width, height)
            self.setFixedSize(self._side)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Let the picture be dragged away, which is no click."""
        super().mouseMoveEvent(event)
        moved = event.position().toPoint() - self._pressed_at
        if self.isDown() and moved.manhattanLength() >= QApplication.startDragDistance():
            self.setDown(False)
            self.carried_off.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note where, to tell a click from dragging."""
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def prepare(self, picture: Picture) -> None:
        """Have a picture made that will be shown here soon."""
        self._pixmap_of(picture)

    def sizeHint(self) -> QSize:
        """Return the room it takes."""
        return self._side

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture, or its place while it is made."""
        if self._picture is None:
            return
        with painting(self) as painter:
            painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
            pixmap = self._pixmap_of(self._picture)
            place = self._place_of(pixmap)
            if pixmap is None or pixmap.isNull():
                self._paint_place(painter, place, self._pictures.why_lacking(self._picture))
            else:
                painter.drawPixmap(place, pixmap, QRectF(pixmap.rect()))
                self._paint_mark(painter, place)
            if self.hasFocus() or self.underMouse():
                self._paint_ring(painter, place)

    def _paint_place(self, painter: QPainter, place: QRectF, words: str) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.AlternateBase))
        painter.drawRoundedRect(place, CORNER, CORNER)
        if words:
            painter.setPen(self.palette().color(QPalette.ColorRole.Text))
            painter.setFont(font_of(TextSize.HINT))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)

    def _paint_mark(self, painter: QPainter, place: QRectF) -> None:
        if self._mark is None:
            return
        box = self._mark.scaled(place.width(), place.height())
        outline = QRectF(place.left() + box.left, place.top() + box.top, box.width, box.height)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        # White within dark is seen on any photo.
        for colour, width in ((Qt.GlobalColor.black, 4), (Qt.GlobalColor.white, 2)):
            painter.setPen(QPen(colour, width))
            painter.drawRoundedRect(outline, Space.TINY, Space.TINY)

    def _paint_ring(self, painter: QPainter, place: QRectF) -> None:
        role = QPalette.ColorRole.Highlight if self.hasFocus() else QPalette.ColorRole.Mid
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.palette().color(role), RING))
        inside = place.adjusted(RING / 2, RING / 2, -RING / 2, -RING / 2)
        painter.drawRoundedRect(inside, CORNER, CORNER)

    def _place_of(self, pixmap: QPixmap | None) -> QRectF:
        """Return where the picture stands: as large as fits, in the middle."""
        room = QRectF(self.rect())
        if pixmap is None or pixmap.isNull():
            return room
        size = QRectF(pixmap.rect()).size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(room.topLeft(), size)
        place.moveCenter(room.center())
        return place

    def _pixmap_of(self, picture: Picture) -> QPixmap | None:
        longest = max(self._side.width(), self._side.height())
        return self._pictures.pixmap(picture, longest, self.devicePixelRatioF())

    def _take(self, picture: Picture) -> None:
        if picture == self._picture:
            self.setAccessibleDescription(self._pictures.why_lacking(picture))
            self.update()


def face_picture(face: int) -> Picture:
    """Return the picture of a face with round corners."""
    return Picture(Shape.ROUNDED, face)


def photo_picture(photo: int) -> Picture:
    """Return the picture of a whole photo."""
    return Picture(Shape.PHOTO, photo)
