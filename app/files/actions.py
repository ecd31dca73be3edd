"""What can be done with the files of photos wherever they are shown: handed to the system, copied, opened elsewhere."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.files.carrying import CarriedFiles, drag_out
from app.files.files_of import FilesOf, files_of_photos
from app.files.handing import copy_files, copy_paths, show_in_file_manager
from app.files.open_with import OpenWith
from app.pictures.opening import open_with_system
from app.session.context import Context
from app.style import texts
from app.widgets.actions import Actions, Row
from app.work.loading import Loader
from engine.library.edits import ignore_faces
from engine.library.library import Library
from engine.library.queries import unnamed_faces
from engine.words import fill

Chosen = Callable[[], Sequence[int]]


class CopyActions(Actions):
    """Ctrl+C copies the files of what `chosen` gives when it is pressed; the page has the key."""

    def __init__(self, context: Context, chosen: Chosen, files_of: FilesOf, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._chosen, self._files_of = context, chosen, files_of
        self.bind({name: partial(self._read, context.loader(self, do)) for name, do in self.doing().items()})

    def rows(self) -> tuple[Row, ...]:
        """Return the table."""
        return (Row("copy", self.tr("Copy the files"), ("Ctrl+C",)),)

    def doing(self) -> dict[str, Callable[[list[Path]], None]]:
        """Return what is done with the files, by action."""
        return {"copy": lambda paths: copy_files(paths) if paths else None}

    def _read(self, loader: Loader[list[Path]]) -> None:
        """Read which files are chosen now."""
        loader.load(partial(self._files_of, self._context.library, list(self._chosen())))


class FileActions(CopyActions):
    """The same, and the first of the files opened elsewhere."""

    def rows(self) -> tuple[Row, ...]:
        """Return the table."""
        return (
            Row("manager", self.tr("Show in the file manager"), ("Ctrl+E",)),
            Row("viewer", self.tr("Open with the system's viewer"), ("Ctrl+Return",)),
            Row("open_with", self.tr("Open with…"), ("Ctrl+Shift+Return",)),
            *super().rows(),
            Row("paths", self.tr("Copy the path"), ("Ctrl+Shift+C",)),
        )

    def doing(self) -> dict[str, Callable[[list[Path]], None]]:
        """Return what is done with the files, by action."""
        opening = OpenWith(self._context, self)
        return super().doing() | {
            "manager": _first(lambda path: show_in_file_manager(self._context, path, self)),
            "viewer": _first(lambda path: open_with_system(path, self._context.fail)),
            "open_with": _first(opening.ask),
            "paths": lambda paths: copy_paths(paths) if paths else None,
        }


class PhotoFileActions(FileActions):
    """Actions on photos: their files, and setting aside whom nobody knows in them."""

    def __init__(self, context: Context, chosen: Chosen, page: QWidget) -> None:
        super().__init__(context, chosen, files_of_photos, page)
        self._carried = CarriedFiles(context, page, files_of_photos)
        self.bind({"aside": self._set_aside})

    def prepare(self) -> None:
        """Have the files at hand that may be dragged soon."""
        self._carried.prepare(self._chosen())

    def carry(self, source: QWidget) -> None:
        """Drag the files of what is chosen out of the window; the pointer carries a picture of `source`."""
        drag_out(source, self._carried.carried(self._chosen()), source.grab())

    def rows(self) -> tuple[Row, ...]:
        """Return the table."""
        return (*super().rows(), Row("aside", self.tr("Set aside everyone unnamed here"), ("Shift+Del",)))

    def _set_aside(self) -> None:
        library, chosen = self._context.library, list(self._chosen())
        if chosen:
            self._context.operations.edit(lambda: _ignore_unnamed(library, chosen), self._said, self._tell_nobody)

    def _said(self, faces: list[int]) -> str:
        return fill(self.tr("{faces} set aside."), faces=texts.faces(len(faces))) if faces else ""

    def _tell_nobody(self, faces: list[int]) -> None:
        if not faces:
            self._context.told.emit(self.tr("Nobody here is unnamed: there was nobody to set aside."))


def _ignore_unnamed(library: Library, photos: Sequence[int]) -> list[int]:
    """Set aside whom nobody knows in these photos, in one step; where there is nobody, no step is made."""
    faces = unnamed_faces(library, photo_ids=photos)
    if faces:
        ignore_faces(library, faces)
    return faces


def _first(do: Callable[[Path], None]) -> Callable[[list[Path]], None]:
    return lambda paths: do(paths[0]) if paths else None
