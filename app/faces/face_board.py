"""Faces in a grid with a large preview in its place: what the pages of faces have in common."""

from dataclasses import dataclass

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Signal
from PySide6.QtGui import QContextMenuEvent, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from app.faces.face_preview import FacePreview
from app.faces.face_zoom import FaceZoom
from app.faces.model import FacesModel
from app.files.actions import FileActions
from app.files.carrying import carry_files
from app.files.files_of import files_of_faces
from app.grid.grid_ranges import selected_ranges
from app.grid.grid_view import GridView
from app.grid.places import Ids
from app.grid.tile import TILE
from app.pictures.pictures import Picture
from app.session.context import Context


@dataclass(frozen=True, slots=True)
class BoardMemory:
    """How a board was left: how far it was scrolled, its current face and those selected."""

    scrolled: int
    current: int | None
    selected: Ids


class FaceBoard(QWidget):
    """A grid of faces. Space shows the current one large; what is done then means that one, and the next follows."""

    chosen_changed = Signal()
    """Other faces are meant now."""
    menu_wanted = Signal(QPoint)
    """A context menu is wanted here, on the screen."""

    def __init__(self, context: Context, grid: GridView, model: FacesModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._model = context, model
        self.grid, self.preview = grid, FacePreview(context, self)
        self.zoom = FaceZoom(context, grid, self)
        self.files = FileActions(context, self.chosen, files_of_faces, self)
        carry_files(context, grid, model, files_of_faces)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(grid)
        self._stack.addWidget(self.preview)
        self._previewed = -1
        self._connect()

    def chosen(self) -> list[int]:
        """Return the faces that are meant: the one that is shown large, else those selected."""
        return [self.preview.face] if self.preview.face is not None else self.grid.selected_ids()

    def count(self) -> int:
        """Return how many faces are meant."""
        if self.preview.face is not None:
            return 1
        return sum(len(rows) for rows in selected_ranges(self.grid.selectionModel()))

    def take(self) -> list[int]:
        """Return the faces that are meant, to do something with them, and go on to the next face.

        Where one face was selected the next one is then; where several were, nothing is.
        """
        chosen = self.chosen()
        if self.preview.face is not None:
            if not self._step(1) and not self._step(-1):
                self.close_preview()
        elif chosen:
            self._go_on(chosen)
        return chosen

    def ids_of(self, rows: range) -> list[int]:
        """Return the faces at some rows."""
        ids: list[int] = self._model.ids[rows.start : rows.stop].tolist()
        return ids

    def select_rows(self, rows: range) -> None:
        """Select these rows and nothing else; the first becomes the current one."""
        self.close_preview()
        chosen = QItemSelection(self._model.index(rows.start), self._model.index(rows.stop - 1))
        self._make_current(rows.start)
        self.grid.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.grid.setFocus()

    def current_photo(self) -> int | None:
        """Return the photo of the current face."""
        face = self.preview.face if self.preview.face is not None else self.grid.current_id()
        return self._model.photo_of(face) if face is not None else None

    def select_nothing(self) -> None:
        """Mean no face."""
        self.close_preview()
        self.grid.clearSelection()

    def begin(self) -> None:
        """Be at the first face."""
        if len(self._model.ids):
            self._make_current(0)
            self.grid.scrollToTop()

    def focus(self) -> None:
        """Take the keys, with a current face if there is any."""
        if self.preview.face is not None:
            self.preview.setFocus()
            return
        self.grid.setFocus()
        if not self.grid.currentIndex().isValid() and len(self._model.ids):
            self._make_current(0)

    def memory(self) -> BoardMemory:
        """Return how the board is left; a preview is closed."""
        self.close_preview()
        bar, grid = self.grid.verticalScrollBar(), self.grid
        return BoardMemory(bar.value(), grid.current_id(), grid.selected())

    def restore(self, memory: BoardMemory) -> None:
        """Show the board as it was left; if a photo was looked at since, its face is current."""
        self.grid.select_ids(memory.selected)
        self.grid.doItemsLayout()
        self.grid.verticalScrollBar().setValue(memory.scrolled)
        left = self._context.navigator.left
        seen = None
        if left is not None and left.page == "photo" and left.subject is not None:
            current = self._model.photo_of(memory.current) if memory.current is not None else None
            seen = self._model.first_in_photo(left.subject) if current != left.subject else None
        row = self._model.row_of(seen or memory.current or -1)
        if row >= 0:
            self._make_current(row)
            if seen is not None:
                self.grid.scrollTo(self._model.index(row))

    def open_photo(self) -> None:
        """Open the photo of the current face."""
        photo = self.current_photo()
        if photo is not None:
            self._context.navigator.go("photo", photo, self._model.trail())

    def show_large(self, face: int) -> None:
        """Show one of the faces large."""
        row = self._model.row_of(face)
        if row >= 0:
            self._show_row(row)

    def close_preview(self) -> bool:
        """Show the grid again, with the face that was seen last; return False where no face was shown large."""
        if self.preview.face is None:
            return False
        if self.preview.face not in self.grid.selected_ids():
            self.grid.select_ids([self.preview.face])
        self.preview.clear()
        self._stack.setCurrentWidget(self.grid)
        self.grid.setFocus()
        self.grid.scrollTo(self.grid.currentIndex())
        self.chosen_changed.emit()
        return True

    def showEvent(self, event: QShowEvent) -> None:
        """Show the faces as large as they were on another page."""
        super().showEvent(event)
        self.zoom.follow()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a menu at the mouse, or, by key, at the current face."""
        index = self.grid.currentIndex()
        if event.reason() == QContextMenuEvent.Reason.Keyboard and index.isValid() and self.preview.face is None:
            self.menu_wanted.emit(self.grid.viewport().mapToGlobal(self.grid.visualRect(index).center()))
        elif self.count():
            self.menu_wanted.emit(event.globalPos())

    def _connect(self) -> None:
        grid, preview = self.grid, self.preview
        grid.preview.connect(lambda index: self._show_row(index.row()))
        grid.activated.connect(lambda _index: self.open_photo())
        grid.selectionModel().selectionChanged.connect(lambda *_: self.chosen_changed.emit())
        preview.closed.connect(self.close_preview)
        preview.opened.connect(self.open_photo)
        preview.stepped.connect(self._step)
        self._model.rows_changed.connect(self._follow)
        self._context.pictures.arrived.connect(self._take_picture)

    def _take_picture(self, picture: Picture) -> None:
        if self.grid.isVisible():
            self.grid.update_id(picture.id)

    def _show_row(self, row: int) -> None:
        face = int(self._model.ids[row])
        index = self._model.index(row)
        self._previewed = row
        self._make_current(row)
        self.preview.show_face(face, self._model.photo_of(face), index.data(TILE))
        self._stack.setCurrentWidget(self.preview)
        self.preview.setFocus()
        self.chosen_changed.emit()

    def _step(self, by: int) -> bool:
        row = self._model.row_of(self.preview.face or -1)
        row = (row if row >= 0 else self._previewed) + by
        inside = 0 <= row < len(self._model.ids)
        if inside:
            self._show_row(row)
        return inside

    def _go_on(self, done: list[int]) -> None:
        """Make the face after these current, or the one before the first of them."""
        last, first = self._model.row_of(done[-1]), self._model.row_of(done[0])
        row = last + 1 if last + 1 < len(self._model.ids) else first - 1
        self.grid.clearSelection()
        if row >= 0:
            self._make_current(row)
            if len(done) == 1:
                self.grid.select_ids([int(self._model.ids[row])])

    def _follow(self) -> None:
        """After the faces have changed: show the face large that is there still, or the one in its place."""
        if self.preview.face is None:
            return
        row = self._model.row_of(self.preview.face)
        row = row if row >= 0 else min(self._previewed, len(self._model.ids) - 1)
        if row >= 0:
            self._show_row(row)
        else:
            self.close_preview()

    def _make_current(self, row: int) -> None:
        selection = self.grid.selectionModel()
        selection.setCurrentIndex(self._model.index(row), QItemSelectionModel.SelectionFlag.NoUpdate)
