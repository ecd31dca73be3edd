"""The faces of a photo as a list: all that can be done on the photo can be done here with the keys."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from app.grid.tile import ID
from app.pages.photo.delegate import PhotoFaceDelegate
from app.pages.photo.model import PhotoFacesModel
from app.pictures.pictures import Pictures

OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
NEIGHBOURS = (Qt.Key.Key_Left, Qt.Key.Key_Right)


class FaceList(QListView):
    """One line a face; the current one is the face that keys mean."""

    face_opened = Signal(int)
    """A line was clicked, or Enter was pressed on it."""
    pointed_at = Signal(object)
    """The id of the face under the mouse, or None."""
    current_moved = Signal(object)
    """The id of the face that keys mean now, or None."""
    menu_wanted = Signal(QPoint)
    """A menu for the current face at a point of the screen."""

    def __init__(self, model: PhotoFacesModel, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._faces = model
        self._delegate = PhotoFaceDelegate(pictures, self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(self.tr("Faces in this photo"))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.entered.connect(lambda index: self.pointed_at.emit(index.data(ID)))
        self.clicked.connect(lambda index: self.face_opened.emit(index.data(ID)))
        pictures.arrived.connect(self._paint)

    def _paint(self) -> None:
        self.viewport().update()

    def current_face(self) -> int | None:
        """Return the face that keys mean."""
        index = self.currentIndex()
        return int(self._faces.ids[index.row()]) if index.isValid() else None

    def set_current(self, face: int | None) -> None:
        """Make a face the one that keys mean."""
        row = self._faces.row_of(face) if face is not None else -1
        if row != self.currentIndex().row():
            self.setCurrentIndex(self._faces.index(row) if row >= 0 else QModelIndex())

    def point_at(self, face: int | None) -> None:
        """Highlight the line of a face."""
        self._delegate.pointed = self._faces.row_of(face) if face is not None else -1
        self.viewport().update()

    def rect_of(self, face: int) -> QRect:
        """Return the line of a face in the viewport."""
        return self.visualRect(self._faces.index(self._faces.row_of(face)))

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Tell which face keys mean now."""
        super().currentChanged(current, previous)
        self.current_moved.emit(self.current_face())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter; left and right belong to the page, as letters do."""
        face = self.current_face()
        if event.key() in OPENING and face is not None:
            self.face_opened.emit(face)
        elif event.key() in NEIGHBOURS or (event.text() and event.text().isprintable()):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first face."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and len(self._faces.ids):
            self.setCurrentIndex(self._faces.index(0))

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing any more."""
        super().leaveEvent(event)
        self.pointed_at.emit(None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the line under the mouse, or of the current one."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            index = self.indexAt(event.pos())
            if index.isValid():
                self.setCurrentIndex(index)
        self.menu_wanted.emit(event.globalPos())
