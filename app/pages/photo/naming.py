"""Naming a face on the photo: the card at its box, and what a name means for it."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.grid.tile import Standing
from app.names.name_edit import Asks
from app.names.name_matching import called, prepared
from app.names.namesakes import Namesakes
from app.pages.photo.actions import PhotoActions
from app.pages.photo.canvas import PhotoCanvas
from app.pages.photo.face_card import FaceCard
from app.pages.photo.model import PhotoFacesModel, standing_of
from app.session.context import Context
from app.style import texts
from engine.errors import LibraryError
from engine.library.edits.names import clean_name
from engine.library.library import Library
from engine.library.queries import FaceRow, PersonRow, people_by_size
from engine.words import fill


class PhotoNaming(QObject):
    """Opens the card at a face, keeps it there, and gives the name that is typed."""

    named = Signal(int)
    """This face was given a name, or the one it has was kept."""

    def __init__(
        self, context: Context, canvas: PhotoCanvas, faces: PhotoFacesModel, actions: PhotoActions, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context, self._canvas, self._faces, self._actions = context, canvas, faces, actions
        self._people: dict[int, PersonRow] = {}
        self._names: dict[int, str] = {}
        self._read_at = -1
        self._face: int | None = None
        self.card = FaceCard(canvas)
        self.card.name.tell_apart(Namesakes(context, self), Asks.KNOWN_OR_NEW)
        self.card.named.connect(self._give)
        self.card.closed.connect(self.close)
        canvas.framed.connect(self._follow)
        self._reader = context.loader(self, self._know)

    @property
    def face(self) -> int | None:
        """The face whose name is asked for now."""
        return self._face

    def know(self, people: Mapping[int, PersonRow]) -> None:
        """Learn who is in the photo."""
        self._people = dict(people)

    def read_names(self) -> None:
        """Learn everybody's name anew."""
        self._reader.load(partial(_largest_first, self._context.library, (self._read_at, self._names)))

    def open(self, face_id: int) -> None:
        """Ask for the name of a face."""
        face = self._faces.face(face_id)
        if face is None:
            return
        self._face = face_id
        aside = [self._actions[name] for name in (("restore",) if face.ignored else ("aside", "no_face"))]
        sure = [self._actions[name] for name in ("confirm", "reject", "person") if self._actions[name].isEnabled()]
        self.card.open(face.name or "", self._hint(face), self._names, [*sure, *aside])
        self._follow()

    def close(self) -> bool:
        """Put the card away and say whether it was there; keys mean the photo again."""
        if self._face is None:
            return False
        self._face = None
        self.card.hide()
        self._canvas.setFocus()
        return True

    def _hint(self, face: FaceRow) -> str:
        """Say what the name will do beyond this face."""
        group = self._people.get(face.person) if face.person is not None and face.name is None else None
        if group is None or group.faces < 2:
            return fill(self.tr("likely {name}"), name=face.name) if _suggested(face) else ""
        return fill(self.tr("A new name is given to all {faces} that look like this."), faces=texts.faces(group.faces))

    def _give(self, typed: str) -> None:
        face, chosen = self._faces.face(self._face), self.card.name.chosen
        try:
            name = clean_name(typed)
        except LibraryError as error:
            self._context.fail(error)
            return
        self.close()
        if face is None or name is None:
            return
        person = person_called(self._names, name, face.person) if chosen is None else chosen or None
        if person is None:
            self._give_new(face, name)
        elif person != face.person:
            self._context.operations.move([face.face], person, name)
        elif standing_of(face) is not Standing.CONFIRMED:
            self._context.operations.confirm(person, [face.face])
        self.named.emit(face.face)

    def _give_new(self, face: FaceRow, name: str) -> None:
        """Name the group, where the face is one of several that nobody has named, else make it a person of its own.

        A face taken out of its group would be noted as not being whom the rest of the group is.
        """
        if face.person is not None and face.name is None:
            self._context.operations.name(face.person, name)
        else:
            self._context.operations.split_off([face.face], name)

    def _know(self, read: tuple[int, dict[int, str]]) -> None:
        if read[0] != self._read_at:
            self._read_at, self._names = read
            self.card.name.set_names(self._names)

    def _follow(self) -> None:
        face = self._faces.face(self._face)
        if face is not None:
            self.card.stand_at(self._canvas.framing.rect_of(face.box), self._canvas.rect())


def person_called(names: Mapping[int, str], name: str, likely: int | None) -> int | None:
    """Return who has this name, as a reader takes it: the likely one where several have it, else the first."""
    found = called(names, name)
    return likely if likely in found else next(iter(found), None)


def _suggested(face: FaceRow) -> bool:
    return standing_of(face) is Standing.SUGGESTED


def _largest_first(library: Library, known: tuple[int, dict[int, str]]) -> tuple[int, dict[int, str]]:
    """Return the library's revision and all names; those that are known where nothing was written since."""
    revision = library.revision()
    if revision == known[0]:
        return known
    return revision, prepared({one.person: one.name for one in people_by_size(library) if one.name is not None})
