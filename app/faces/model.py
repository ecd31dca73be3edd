"""Faces as tiles: columns of a `FaceIndex`, so that 100,000 of them cost a few megabytes and no object each."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from app.faces.face_order import Arrangement
from app.grid.id_model import IdModel
from app.grid.places import Ids, Places
from app.grid.tile import Standing, Tile
from app.pictures.pictures import Picture, Shape
from app.session.navigation import Trail
from app.style import texts
from engine.library.queries import FaceIndex
from engine.library.states import SOURCE_CODES, Source
from engine.scan.dates import PRECISIONS

CONFIRMED_FROM = SOURCE_CODES[Source.METADATA]
"""Faces whose source has this code or a higher one were confirmed by somebody."""


class FacesModel(IdModel):
    """Rows of faces, by id; `standing` is that of all, or None where each says itself whether it is confirmed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._take_columns(no_faces(), None)

    @property
    def faces(self) -> FaceIndex:
        """All that is known, of faces that are not shown too."""
        return self._faces

    def show(self, faces: FaceIndex, arrangement: Arrangement, standing: Standing | None = None) -> None:
        """Show the faces that are arranged; those that stay keep their selection."""
        before = self._faces, self._standing
        self._take_columns(faces, standing)
        self.set_rows(arrangement.ids, arrangement.sections)
        if before[1] is not standing:
            self.refresh_all()
        else:
            self.refresh(_differing(before[0], faces).tolist())

    def tile(self, row: int) -> Tile:
        """Show the face; how sure it is whose it is, is said by its standing, when it was taken by a tool tip."""
        face = int(self.ids[row])
        place = self._columns.one(face)
        picture = Picture(Shape.ROUNDED, face)
        if place < 0:
            return Tile(picture, say=lambda: self.tr("A face"))
        faces, standing = self._faces, self._standing or _standing_of(int(self._faces.sources[place]))

        def said() -> str:
            day = texts.day(float(faces.taken_at[place]), PRECISIONS[faces.precisions[place]])
            return ", ".join(part for part in (self._words(standing), day) if part)

        return Tile(picture, standing=standing, say=said, explain=said)

    def photo_of(self, face: int) -> int | None:
        """Return the photo that a face is in, None where the face is not known."""
        place = self._columns.one(face)
        return int(self._faces.photo_ids[place]) if place >= 0 else None

    def first_in_photo(self, photo: int) -> int | None:
        """Return the first face shown that is in a photo."""
        there = np.flatnonzero(self._photos() == photo)
        return int(self.ids[there[0]]) if len(there) else None

    def trail(self) -> Trail:
        """Return the photos of the faces shown, each once, in their order."""
        photos = self._photos()
        _, first = np.unique(photos, return_index=True)
        return photos[np.sort(first)]

    def _photos(self) -> Ids:
        places = self._columns.of(self.ids)
        known = places >= 0
        photos = np.full(len(places), -1, np.int64)
        photos[known] = self._faces.photo_ids[places[known]]
        return photos

    def _take_columns(self, faces: FaceIndex, standing: Standing | None) -> None:
        self._faces, self._standing = faces, standing
        self._columns = Places(faces.face_ids)

    def _words(self, standing: Standing) -> str:
        return {
            Standing.PLAIN: self.tr("A face"),
            Standing.CONFIRMED: self.tr("Confirmed"),
            Standing.SUGGESTED: self.tr("Suggested"),
            Standing.IGNORED: self.tr("Set aside"),
        }[standing]


def no_faces() -> FaceIndex:
    """Return an index without faces."""
    none = np.empty(0, np.int64)
    return FaceIndex(
        face_ids=none,
        photo_ids=none,
        person_ids=none,
        sources=np.empty(0, np.int8),
        quality=np.empty(0, np.float32),
        taken_at=np.empty(0, np.float64),
        precisions=np.empty(0, np.int8),
        cluster_ids=none,
    )


def is_confirmed(faces: FaceIndex) -> NDArray[np.bool_]:
    """Return (n,): whether somebody confirmed who the face is."""
    return faces.sources >= CONFIRMED_FROM


def _standing_of(source: int) -> Standing:
    return Standing.CONFIRMED if source >= CONFIRMED_FROM else Standing.SUGGESTED


def _differing(before: FaceIndex, after: FaceIndex) -> Ids:
    """Return the faces in both whose source or date is another now."""
    both, first, second = np.intersect1d(before.face_ids, after.face_ids, assume_unique=True, return_indices=True)
    dates = before.taken_at[first], after.taken_at[second]
    same_date = (dates[0] == dates[1]) | (np.isnan(dates[0]) & np.isnan(dates[1]))
    same_date &= before.precisions[first] == after.precisions[second]
    changed: Ids = both[(before.sources[first] != after.sources[second]) | ~same_date]
    return changed
