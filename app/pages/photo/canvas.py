"""A photo with its faces: boxes to point at, to click and to walk through with Tab, and a pen for a missed one."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.pages.photo.box_pen import BoxPen
from app.pages.photo.face_boxes import FaceMark, face_at, paint_faces, paint_waiting
from app.pages.photo.view import PhotoView
from app.style.painting import painting
from app.widgets.ground import WALKING, paint_ring
from engine.geometry import Box

OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)


class PhotoCanvas(PhotoView):
    """Shows the marks that it is given; `pointed` is the face under the mouse, `current` the one that keys mean."""

    face_opened = Signal(int)
    """A face was clicked, or Enter was pressed on it."""
    passed_by = Signal()
    """A place without a face was clicked."""
    pointed_at = Signal(object)
    """The id of the face under the mouse, or None."""
    current_moved = Signal(object)
    """The id of the face that keys mean now, or None, after Tab."""
    menu_wanted = Signal(QPoint)
    """A menu for the current face, or for the photo where there is none, at a point of the screen."""
    drawn = Signal(object)
    """A `Box`, relative to the photo, was drawn around a missed face."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks: list[FaceMark] = []
        self._waiting: list[Box] = []
        self._boxes = True
        self._pointed: int | None = None
        self._current: int | None = None
        self._drawing, self._walked_to = False, False
        self._pen = BoxPen(self)
        self._pen.changed.connect(self.update)
        self._pen.drawn.connect(self.drawn)
        self.clicked.connect(self._click)

    @property
    def marks(self) -> list[FaceMark]:
        """The faces, in the order in which Tab walks through them."""
        return self._marks

    @property
    def drawing(self) -> bool:
        """Whether the pen is out."""
        return self._drawing

    def show_marks(self, marks: list[FaceMark]) -> None:
        """Show these faces."""
        self._marks = marks
        known = {mark.face for mark in marks}
        if self._current not in known:
            self._current = None
        if self._pointed not in known:
            self._pointed = None
        self.update()

    @property
    def waiting(self) -> list[Box]:
        """The boxes that were drawn and are being looked at."""
        return self._waiting

    def show_waiting(self, boxes: list[Box]) -> None:
        """Show that these boxes, relative (0 to 1) to the photo, are being looked at."""
        self._waiting = boxes
        self.update()

    def show_boxes(self, shown: bool) -> None:  # noqa: FBT001 the slot of an action that is checked or not
        """Show the boxes of all faces, or only of those that are pointed at."""
        self._boxes = shown
        self.update()

    def set_current(self, face: int | None) -> None:
        """Mark the face that keys mean, and bring it into sight."""
        self._current = face
        box = next((mark.box for mark in self._marks if mark.face == face), None)
        if box is not None:
            self._frame(self.framing.showing(box))
        self.update()

    def point_at(self, face: int | None) -> None:
        """Highlight a face as if the mouse were on it."""
        if face != self._pointed:
            self._pointed = face
            self.update()

    def begin_drawing(self) -> None:
        """Take the pen out."""
        self._drawing = True
        self._pen.forget()
        self.setCursor(Qt.CursorShape.CrossCursor)

    def end_drawing(self) -> None:
        """Put the pen away."""
        self._drawing, self._walked_to = False, False
        self._pen.forget()
        self.unsetCursor()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the photo, the faces on it, and what is being drawn."""
        super().paintEvent(event)
        with painting(self) as painter:
            pointed = {face for face in (self._pointed, self._current if self.hasFocus() else None) if face is not None}
            marks = [mark for mark in self._marks if self._boxes or mark.face in pointed]
            if self._drawing:
                self._pen.paint(painter, self.framing, self.palette())
            else:
                paint_faces(painter, marks, self.framing, self.palette(), pointed)
            waiting = [self.framing.rect_of(box) for box in self._waiting]
            paint_waiting(painter, waiting, self.tr("Looking at the face…"), self.palette())
        if self._walked_to and self._current is None:
            paint_ring(self)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 Qt's arguments
        """Walk through the faces with Tab before it goes on to the next widget."""
        order = [mark.face for mark in self._marks]
        place = order.index(self._current) if self._current in order else (-1 if forward else len(order))
        place += 1 if forward else -1
        if 0 <= place < len(order) and not self._drawing:
            self._make_current(order[place])
            return True
        return super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first or at the last face, whence Tab came."""
        self._walked_to = event.reason() in WALKING
        if self._marks and self._walked_to:
            self._make_current(self._marks[0 if event.reason() == Qt.FocusReason.TabFocusReason else -1].face)
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show no longer which face keys mean."""
        super().focusOutEvent(event)
        self._walked_to = False
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Draw with the keys; open the current face with Enter or F2."""
        if self._drawing and self._pen.key(event, self.framing):
            return
        if event.key() in OPENING and self._current is not None and not self._drawing:
            self.face_opened.emit(self._current)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a box while the pen is out."""
        if self._drawing and event.button() == Qt.MouseButton.LeftButton:
            self._pen.press(event.position())
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Stretch the box, or find out what is pointed at."""
        if self._drawing:
            self._pen.move(event.position(), self.framing)
        else:
            super().mouseMoveEvent(event)
            self._point_under(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the box."""
        if self._drawing and event.button() == Qt.MouseButton.LeftButton:
            self._pen.release(self.framing)
        else:
            super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Enlarge where there is no face."""
        if not self._drawing and face_at(self._marks, self.framing, event.position()) is None:
            super().mouseDoubleClickEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing any more."""
        self._point(None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the face under the mouse, or with the menu key of the current one."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self._make_current(face_at(self._marks, self.framing, QPointF(event.pos())))
        self.menu_wanted.emit(event.globalPos())

    def _click(self, point: QPointF) -> None:
        face = face_at(self._marks, self.framing, point)
        if face is None:
            self.passed_by.emit()
        else:
            self._make_current(face)
            self.face_opened.emit(face)

    def _make_current(self, face: int | None) -> None:
        self.set_current(face)
        self.current_moved.emit(face)

    def _point_under(self, point: QPointF) -> None:
        face = face_at(self._marks, self.framing, point)
        self._point(face)
        if face is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        elif self.framing.fitted:
            self.unsetCursor()
        else:
            self.setCursor(Qt.CursorShape.OpenHandCursor)

    def _point(self, face: int | None) -> None:
        if face != self._pointed:
            self.point_at(face)
            self.pointed_at.emit(face)
