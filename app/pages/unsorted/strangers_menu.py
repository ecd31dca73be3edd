"""Sets aside everyone whom nobody knows: in a photo, an event, a folder. Says how many before it does."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.session.context import Context
from app.style import texts
from engine.library.library import Library
from engine.library.queries import folder_rows, photos_below, photos_by_id, photos_of_event, unnamed_faces
from engine.words import fill


@dataclass(frozen=True, slots=True)
class Strangers:
    """The faces that nobody knows around a photo: in it, in its event, in its folder and below, whose name is given."""

    photo: list[int]
    event: list[int]
    folder: list[int]
    name: str


class StrangersMenu(QMenu):
    """Aim it at a photo before it is shown; its entries can be used once the faces are counted."""

    set_aside = Signal(object)
    """These faces (a list) were set aside by an entry; the edit is under way."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._photo: int | None = None
        self._loader = context.loader(self, self._show)
        self.setTitle(self.tr("Set aside everyone unnamed"))
        self.in_photo = self._entry(lambda found: found.photo)
        self.in_event = self._entry(lambda found: found.event)
        self.in_folder = self._entry(lambda found: found.folder)
        self._found = Strangers([], [], [], "")
        self.aim(None)

    def aim(self, photo: int | None) -> None:
        """Count the faces around this photo."""
        self._photo = photo
        self._loader.forget()
        for entry, text in self._questions().items():
            entry.setText(text)
            entry.setEnabled(False)
        if photo is not None:
            library = self._context.library
            self._loader.load(lambda: read_strangers(library, photo))

    def _entry(self, faces: Callable[[Strangers], list[int]]) -> QAction:
        return self.addAction("", lambda: self._set_aside(faces(self._found)))

    def _set_aside(self, faces: list[int]) -> None:
        self._context.operations.ignore(faces)
        self.set_aside.emit(faces)

    def _questions(self) -> dict[QAction, str]:
        return {
            self.in_photo: self.tr("In this photo"),
            self.in_event: self.tr("In this event"),
            self.in_folder: self.tr("In this folder"),
        }

    def _show(self, found: Strangers) -> None:
        self._found = found
        folder = fill(self.tr("In the folder {name}"), name=found.name.replace("&", "&&"))
        where = self._questions() | {self.in_folder: folder}
        faces = {self.in_photo: found.photo, self.in_event: found.event, self.in_folder: found.folder}
        for entry, text in where.items():
            entry.setText(f"{text}  ·  {texts.faces(len(faces[entry]))}")
            entry.setEnabled(bool(faces[entry]))


def read_strangers(library: Library, photo: int) -> Strangers:
    """Return the faces that nobody knows around a photo; a photo that is gone has none."""
    rows = photos_by_id(library, [photo])
    if photo not in rows:
        return Strangers([], [], [], "")
    directory = rows[photo].path.parent
    inside = _photos_in(library, directory)
    return Strangers(
        photo=unnamed_faces(library, photo_ids=[photo]),
        event=unnamed_faces(library, photo_ids=photos_of_event(library, photo)),
        folder=unnamed_faces(library, photo_ids=inside),
        name=directory.name,
    )


def _photos_in(library: Library, directory: Path) -> list[int]:
    """Return the photos in a directory and below; folders never lie in each other."""
    for folder in folder_rows(library):
        if directory.is_relative_to(folder.path):
            below = directory.relative_to(folder.path).as_posix()
            return photos_below(library, folder.id, "" if below == "." else below)
    return []
