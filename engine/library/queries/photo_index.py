"""Searching photos by people, numbers of faces, place and time; the answer is arrays."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, func, select

from engine.library.arrays import number_rows, seconds, taken_code
from engine.library.ids import among
from engine.library.library import Library
from engine.library.queries.places import lies_below
from engine.library.states import PhotoState
from engine.library.tables import Face, Person, Photo


@dataclass(frozen=True, slots=True)
class PhotoSearch:
    """What photos to find; all conditions hold together, and without any all photos are found.

    `everyone` are people who are all in the photo, `nobody_of` people none of whom is; `exactly` says that nobody else
    with a name is in it. Faces that are ignored do not count. `below` is a sub-folder, relative to its folder. `since`
    (inclusive) and `until` (exclusive) are times on the camera's clock; undated photos have no place between them.
    """

    everyone: frozenset[int] = frozenset()
    nobody_of: frozenset[int] = frozenset()
    exactly: bool = False
    fewest_faces: int = 0
    most_faces: int | None = None
    folder_id: int | None = None
    below: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class PhotoIndex:
    """Photos, the newest first and undated ones last; every array has the same length n.

    `taken_at` is seconds on the camera's clock since 1970-01-01 or NaN, `faces` the number that are not ignored.
    """

    photo_ids: NDArray[np.int64]
    taken_at: NDArray[np.float64]
    faces: NDArray[np.int32]
    folder_ids: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.photo_ids)


def photo_index(library: Library, search: PhotoSearch) -> PhotoIndex:
    """Return the photos that were searched for; those whose file is missing too, those that cannot be read not."""
    tallies = select(Face.photo_id, func.count().label("faces")).where(~Face.ignored).group_by(Face.photo_id).subquery()
    faces = func.coalesce(tallies.c.faces, 0)
    conditions = [Photo.state != PhotoState.BROKEN, *_people(search), *_place(search), *_time(search)]
    if search.fewest_faces > 0:
        conditions.append(tallies.c.faces >= search.fewest_faces)
    if search.most_faces is not None:
        conditions.append(faces <= search.most_faces)
    query = (
        select(Photo.id, taken_code(), faces, Photo.folder_id)
        .outerjoin(tallies, tallies.c.photo_id == Photo.id)
        .where(*conditions)
    )
    with library.read() as connection:
        photos, taken, numbers, folders = number_rows(connection, query)
    taken_at = seconds(taken)
    order = np.lexsort((-photos, -taken_at))
    return PhotoIndex(
        photo_ids=photos[order].astype(np.int64),
        taken_at=taken_at[order],
        faces=numbers[order].astype(np.int32),
        folder_ids=folders[order].astype(np.int64),
    )


def _people(search: PhotoSearch) -> list[ColumnElement[bool]]:
    seen = select(Face.photo_id).where(~Face.ignored)
    found: list[ColumnElement[bool]] = [
        Photo.id.in_(seen.where(Face.person_id == person_id)) for person_id in sorted(search.everyone)
    ]
    if search.nobody_of:
        found.append(Photo.id.not_in(seen.where(Face.person_id.in_(among(search.nobody_of)))))
    if search.exactly:
        known = select(Person.id).where(Person.name.is_not(None))
        others = Face.person_id.in_(known) & Face.person_id.not_in(among(search.everyone))
        found.append(~seen.where(Face.photo_id == Photo.id, others).correlate(Photo).exists())
    return found


def _place(search: PhotoSearch) -> list[ColumnElement[bool]]:
    found = [lies_below(search.below)] if search.below else []
    if search.folder_id is not None:
        found.append(Photo.folder_id == search.folder_id)
    return found


def _time(search: PhotoSearch) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if search.since is not None:
        found.append(Photo.taken_at >= search.since)
    if search.until is not None:
        found.append(Photo.taken_at < search.until)
    return found
