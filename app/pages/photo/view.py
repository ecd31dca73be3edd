"""A photo to look at: fitted, enlarged at the pointer, moved with the mouse."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QNativeGestureEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.pages.photo.framing import Framing
from app.pictures.photo_images import Decoded, Detail, best_image
from app.style.painting import painting

STEP = 1.2
"""How much one notch of the wheel or one key enlarges."""
PANNED = 80.0
"""How far Shift and an arrow move the photo, in device-independent pixels."""
FADED = 0.45
EXACT = 1.5
"""An image whose width differs by less, in pixels of the screen, is painted as it is."""

PANS = {
    Qt.Key.Key_Left: (PANNED, 0.0),
    Qt.Key.Key_Right: (-PANNED, 0.0),
    Qt.Key.Key_Up: (0.0, PANNED),
    Qt.Key.Key_Down: (0.0, -PANNED),
}


class PhotoView(QWidget):
    """Paints the finest image that it was given; everything else is arithmetic in `Framing`."""

    framed = Signal()
    """The photo lies differently in the view."""
    finer = Signal()
    """More pixels are looked at than the image has."""
    clicked = Signal(QPointF)
    """The left button was pressed and released without moving."""
    touched = Signal()
    """The left button was pressed."""
    carried_off = Signal()
    """The whole photo is dragged away with the mouse."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._framing = Framing(QSizeF(1, 1), QSizeF(1, 1)).fitting()
        self._images: dict[Detail, Decoded] = {}
        self._opacity = 1.0
        self._pressed: QPointF | None = None
        self._moving = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def framing(self) -> Framing:
        """Where the photo lies."""
        return self._framing

    @property
    def has_image(self) -> bool:
        """Whether anything of the photo is shown."""
        return bool(self._images)

    def show_photo(self, width: int, height: int) -> None:
        """Show another photo of so many pixels, as a whole; its image comes with `show_image`."""
        self._images, self._opacity = {}, 1.0
        self._frame(Framing(QSizeF(max(width, 1), max(height, 1)), QSizeF(self.size())).fitting())

    def show_image(self, detail: Detail, image: Decoded) -> None:
        """Paint this image too, wherever it fits best."""
        self._images[detail] = image
        # The small picture knows only roughly how wide the photo is for its height.
        size = QSizeF(image.width, image.height)
        if size != self._framing.photo and detail is not Detail.QUICK:
            self._frame(Framing(size, self._framing.view).fitting())
        self.update()
        self._ask_for_finer()

    def fade(self) -> None:
        """Show by its paleness that the photo is not there now."""
        self._opacity = FADED
        self.update()

    def fitted_side(self, width: int, height: int) -> int:
        """Return the longest side that a photo of this size has on the screen when it is fitted, in its pixels."""
        whole = Framing(QSizeF(max(width, 1), max(height, 1)), QSizeF(self.size())).fitting().rect
        return max(1, round(max(whole.width(), whole.height()) * self.devicePixelRatioF()))

    def fit(self) -> None:
        """Show the whole photo."""
        self._frame(self._framing.fitting())

    def show_pixels(self) -> None:
        """Show every pixel of the photo as one of the screen."""
        self.zoom_to(1 / self.devicePixelRatioF(), QRectF(self.rect()).center())

    def enlarge(self) -> None:
        """Come closer by one step."""
        self.zoom_to(self._framing.scale * STEP, QRectF(self.rect()).center())

    def reduce(self) -> None:
        """Go back by one step, at most until the whole photo is seen."""
        self.zoom_to(self._framing.scale / STEP, QRectF(self.rect()).center())

    def zoom_to(self, scale: float, at: QPointF) -> None:
        """Show the photo at this scale, keeping what is at a point of the view there."""
        self._frame(self._framing.scaled_to(scale, at))

    def pan(self, dx: float, dy: float) -> None:
        """Move the photo."""
        self._frame(self._framing.moved(dx, dy))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the photo, without blur where its pixels are the screen's."""
        if not self._images:
            return
        with painting(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setOpacity(self._opacity)
            ratio, rect = self.devicePixelRatioF(), self._framing.rect
            image = best_image(self._images.values(), rect.width() * ratio)
            if abs(image.width() - rect.width() * ratio) <= EXACT:
                corner = QPointF(round(rect.left() * ratio), round(rect.top() * ratio)) / ratio
                rect = QRectF(corner, QSizeF(image.size()) / ratio)
            painter.drawImage(rect, image)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what was seen in sight."""
        self._frame(self._framing.resized(QSizeF(self.size())))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Enlarge and reduce at the pointer."""
        self.zoom_to(self._framing.scale * STEP ** (event.angleDelta().y() / 120), event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Enlarge with two fingers."""
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom_to(self._framing.scale * (1 + event.value()), event.position())
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move an enlarged photo with Shift and the arrows."""
        step = PANS.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.pan(*step)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to move the photo, or a click."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._moving = event.position(), False
            self.touched.emit()
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move an enlarged photo with the pointer; a whole one is dragged away."""
        if self._pressed is None:
            return
        moved = event.position() - self._pressed
        if not self._moving and moved.manhattanLength() < QApplication.startDragDistance():
            return
        if self._framing.fitted:
            self._pressed = None  # what is dragged away ends with no release here
            self.carried_off.emit()
        else:
            self._moving, self._pressed = True, event.position()
            self.pan(moved.x(), moved.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a move; what did not move was a click."""
        if event.button() == Qt.MouseButton.LeftButton and self._pressed is not None:
            clicked, self._pressed = not self._moving, None
            if clicked:
                self.clicked.emit(event.position())
        else:
            event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Go between the whole photo and its pixels."""
        if self._framing.fitted:
            self.zoom_to(1 / self.devicePixelRatioF(), event.position())
        else:
            self.fit()

    def _frame(self, framing: Framing) -> None:
        if framing != self._framing:
            self._framing = framing
            self.update()
            self.framed.emit()
            self._ask_for_finer()

    def _ask_for_finer(self) -> None:
        shown = self._framing.rect.width() * self.devicePixelRatioF()
        known = max((image.levels[0].image.width() for image in self._images.values()), default=0)
        if known and known + EXACT < min(shown, self._framing.photo.width()):
            self.finer.emit()
