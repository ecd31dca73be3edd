"""What can be done with photos wherever they are shown: their files handed to the system, the unnamed set aside."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.pages.photo_files import copy_paths, show_in_file_manager
from app.pictures.opening import open_with_system
from app.session.context import Context
from app.style import texts
from app.work.loading import Loader
from engine.library.edits import ignore_faces
from engine.library.library import Library
from engine.library.queries import photos_by_id, unnamed_faces


class PhotoFileActions(QObject):
    """Actions on the photos that `chosen` gives when one is triggered; the page has their keys."""

    def __init__(self, context: Context, chosen: Callable[[], Sequence[int]], page: QWidget) -> None:
        super().__init__(page)
        self._context, self._chosen, self._page = context, chosen, page
        self.aside = self._action(self.tr("Set aside everyone unnamed here"), "Shift+Del", self._set_aside)
        self.manager = self._action(
            self.tr("Show in the file manager"), "Ctrl+E", lambda: self._manager.load(self._read())
        )
        self.viewer = self._action(
            self.tr("Open with the system's viewer"), "Ctrl+Return", lambda: self._viewer.load(self._read())
        )
        self.copy = self._action(self.tr("Copy the path"), "Ctrl+Shift+C", lambda: self._copier.load(self._read()))
        self._manager: Loader[list[Path]] = context.loader(self, lambda paths: _first(paths, self._show_file))
        self._viewer: Loader[list[Path]] = context.loader(self, lambda paths: _first(paths, self._open_file))
        self._copier = context.loader(self, self._copy)

    def all(self) -> list[QAction]:
        """Return the actions in the order of a menu."""
        return [self.manager, self.viewer, self.copy, self.aside]

    def keys(self) -> list[tuple[str, str]]:
        """Return the key of each with what it does."""
        native = QKeySequence.SequenceFormat.NativeText
        return [(action.shortcut().toString(native), action.text()) for action in self.all()]

    def _action(self, text: str, key: str, do: Callable[[], None]) -> QAction:
        action = QAction(text, self._page)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(do)
        self._page.addAction(action)
        return action

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
