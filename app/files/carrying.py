"""The files of what is selected in a grid, for a drag that leaves the window."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QSize, Qt, QUrl
from PySide6.QtGui import QDrag, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QWidget
from shiboken6 import isValid

from app.files.files_of import FilesOf
from app.grid.grid_view import GridView
from app.grid.id_model import IdModel
from app.session.context import Context
from app.work.loading import Loader

SIDE = 96
"""Longest side of the picture under the pointer."""


class CarriedFiles(Loader[list[Path]]):
    """Reads the files as soon as something is pressed, so that they are there when it is dragged."""

    def __init__(self, context: Context, owner: QWidget, files_of: FilesOf) -> None:
        super().__init__(context.reads, owner, self._arrive, context.fail)
        self._library, self._files_of = context.library, files_of
        self._ids: list[int] = []
        self._paths: list[Path] = []
        self._data: QMimeData | None = None

    def prepare(self, ids: Sequence[int]) -> None:
        """Read the files of these ids."""
        self._ids, self._paths = list(ids), []
        self.load(partial(self._files_of, self._library, self._ids))

    def carried(self, ids: Sequence[int]) -> QMimeData:
        """Return what is carried; files that are still being read are put in as they come."""
        if list(ids) != self._ids:
            self.prepare(ids)
        self._data = QMimeData()
        self._data.setUrls(urls_of(self._paths))
        return self._data

    def _arrive(self, paths: list[Path]) -> None:
        self._paths = paths
        if self._data is not None and isValid(self._data):  # it is gone with its drag
            self._data.setUrls(urls_of(paths))


def carry_files(context: Context, grid: GridView, model: IdModel, files_of: FilesOf) -> None:
    """Let what is selected in a grid be dragged out of the window, as files; they are copied, never moved."""
    files = CarriedFiles(context, grid, files_of)
    model.carried = files.carried
    grid.pressed.connect(lambda _index: files.prepare(grid.selected_ids()))
    if not grid.dragEnabled():
        grid.setDragEnabled(True)
        grid.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)


def drag_out(source: QWidget, carried: QMimeData, picture: QPixmap) -> None:
    """Drag files that one picture stands for, until they are dropped somewhere; they are copied, never moved."""
    drag = QDrag(source)
    drag.setMimeData(carried)
    small = picture.scaled(QSize(SIDE, SIDE) * picture.devicePixelRatio(), Qt.AspectRatioMode.KeepAspectRatio)
    drag.setPixmap(small)
    drag.setHotSpot(QPoint(SIDE // 2, SIDE // 2))
    drag.exec(Qt.DropAction.CopyAction)


def urls_of(paths: Sequence[Path]) -> list[QUrl]:
    """Return the addresses of files."""
    return [QUrl.fromLocalFile(str(path)) for path in paths]
