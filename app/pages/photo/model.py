"""The faces of one photo: for the boxes on it and for the list beside it."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QObject

from app.grid.id_model import IdModel
from app.grid.tile import Standing, Tile
from app.pictures.pictures import Picture, Shape
from engine.library.queries import FaceRow
from engine.library.states import SPOKEN


def standing_of(face: FaceRow) -> Standing:
    """Return how sure it is whose a face is; one of nobody with a name is plain."""
    if face.ignored:
        return Standing.IGNORED
    if face.name is None:
        return Standing.PLAIN
    return Standing.CONFIRMED if face.source in SPOKEN else Standing.SUGGESTED


class PhotoFacesModel(IdModel):
    """Faces from left to right, by id; those that were set aside come last and only when they are asked for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._faces: dict[int, FaceRow] = {}
        self._shown = {Standing.PLAIN, Standing.CONFIRMED, Standing.SUGGESTED}

    def show(self, faces: Sequence[FaceRow]) -> None:
        """Show the faces of a photo."""
        before, self._faces = self._faces, {face.face: face for face in faces}
        self._list()
        self.refresh([face.face for face in faces if before.get(face.face) not in (None, face)])

    def show_ignored(self, *, shown: bool) -> None:
        """Show those that were set aside too, or not."""
        (self._shown.add if shown else self._shown.discard)(Standing.IGNORED)
        self._list()

    @property
    def ignored(self) -> int:
        """How many of the photo's faces were set aside."""
        return sum(face.ignored for face in self._faces.values())

    @property
    def unnamed(self) -> list[int]:
        """The faces in the list whose person has no name."""
        return [face.face for face in self.faces() if standing_of(face) is Standing.PLAIN]

    def face(self, face_id: int | None) -> FaceRow | None:
        """Return what is known of a face."""
        return self._faces.get(face_id) if face_id is not None else None

    def faces(self) -> list[FaceRow]:
        """Return the faces in the list, in its order."""
        return [self._faces[int(face_id)] for face_id in self.ids]

    def tile(self, row: int) -> Tile:
        """Show the face, its name, and how sure that is."""
        face = self._faces[int(self.ids[row])]
        standing = standing_of(face)
        said = {
            Standing.PLAIN: "",
            Standing.CONFIRMED: "",
            Standing.SUGGESTED: self.tr("likely"),
            Standing.IGNORED: self.tr("set aside"),
        }[standing]
        spoken = said if standing is not Standing.CONFIRMED else self.tr("confirmed")
        title = face.name or (self.tr("Who is this?") if standing is Standing.PLAIN else self.tr("A face"))
        return Tile(
            picture=Picture(Shape.CIRCLE, face.face),
            title=title,
            hint=said,
            standing=standing,
            say=lambda: ", ".join(part for part in (title, spoken) if part),
        )

    def _list(self) -> None:
        shown = [face for face in self._faces.values() if standing_of(face) in self._shown]
        shown.sort(key=lambda face: (face.ignored, face.box.centre[0], face.face))
        self.set_rows(np.array([face.face for face in shown], np.int64))
