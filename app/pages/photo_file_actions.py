"""What can be done with photos wherever they are shown: their files handed to the system, the unnamed set aside."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.pages.photo_files import copy_paths, show_in_file_manager
from app.pictures.opening import open_with_system
from app.session.context import Context
from app.style import texts
from app.widgets.actions import Actions, Row
from app.work.loading import Loader
from engine.library.edits import ignore_faces
from engine.library.library import Library
from engine.library.queries import photos_by_id, unnamed_faces


class PhotoFileActions(Actions):
    """Actions on the photos that `chosen` gives when one is triggered; the page has their keys."""

    def __init__(self, context: Context, chosen: Callable[[], Sequence[int]], page: QWidget) -> None:
        super().__init__(page)
        self._context, self._chosen = context, chosen
        self._manager: Loader[list[Path]] = context.loader(self, lambda paths: _first(paths, self._show_file))
        self._viewer: Loader[list[Path]] = context.loader(self, lambda paths: _first(paths, self._open_file))
        self._copier = context.loader(self, self._copy)
        self.bind(
            {
                "manager": lambda: self._manager.load(self._read()),
                "viewer": lambda: self._viewer.load(self._read()),
                "copy": lambda: self._copier.load(self._read()),
                "aside": self._set_aside,
            }
        )

    def rows(self) -> tuple[Row, ...]:
        """Return the table."""
        return (
            Row("manager", self.tr("Show in the file manager"), ("Ctrl+E",)),
            Row("viewer", self.tr("Open with the system's viewer"), ("Ctrl+Return",)),
            Row("copy", self.tr("Copy the path"), ("Ctrl+Shift+C",)),
            Row("aside", self.tr("Set aside everyone unnamed here"), ("Shift+Del",)),
        )

    def _read(self) -> Callable[[], list[Path]]:
        """Return the reading of the paths of the photos that are chosen now."""
        library, chosen = self._context.library, list(self._chosen())
        return lambda: _paths(library, chosen)

    def _show_file(self, path: Path) -> None:
        show_in_file_manager(self._context, path, self)

    def _open_file(self, path: Path) -> None:
        open_with_system(path, self._context.fail)

    def _copy(self, paths: list[Path]) -> None:
        if paths:
            copy_paths(paths)

    def _set_aside(self) -> None:
        library, chosen = self._context.library, list(self._chosen())
        if chosen:
            self._context.operations.edit(lambda: _ignore_unnamed(library, chosen), self._said, self._tell_nobody)

    def _said(self, faces: list[int]) -> str:
        return self.tr("{faces} set aside.").format(faces=texts.faces(len(faces))) if faces else ""

    def _tell_nobody(self, faces: list[int]) -> None:
        if not faces:
            self._context.told.emit(self.tr("Nobody here is unnamed: there was nobody to set aside."))


def _paths(library: Library, photos: Sequence[int]) -> list[Path]:
    rows = photos_by_id(library, photos)
    return [rows[photo].path for photo in photos if photo in rows]


def _ignore_unnamed(library: Library, photos: Sequence[int]) -> list[int]:
    """Set aside whom nobody knows in these photos, in one step; where there is nobody, no step is made."""
    faces = unnamed_faces(library, photo_ids=photos)
    if faces:
        ignore_faces(library, faces)
    return faces


def _first(paths: list[Path], do: Callable[[Path], None]) -> None:
    if paths:
        do(paths[0])
