"""Searching photos by people, numbers of faces, place and time; the answer is arrays."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Select, func, select

from engine.library.arrays import number_rows, precision_code, seconds, taken_code
from engine.library.ids import among
from engine.library.library import Library
from engine.library.queries.doubt import is_doubtful
from engine.library.queries.photo_places import lies_below
from engine.library.sight import in_picture
from engine.library.states import PhotoState
from engine.library.tables import Face, Person, Photo


@dataclass(frozen=True, slots=True)
class PhotoSearch:
    """What photos to find; all conditions hold together, and without any all photos are found.

    `everyone` are people who are all in the photo, `nobody_of` people none of whom is; `exactly` says that nobody else
    with a name is in it, `unnamed` that somebody is whose name is not known. Ignored faces do not count, doubtful ones
    for nobody; where at most 0 faces are wanted, strangers who were set aside are somebody all the same. `below` is a
    sub-folder, relative to its folder. `since` (inclusive) and `until` (exclusive) are times on the camera's
    clock; undated photos have no place between them.
    """

    everyone: frozenset[int] = frozenset()
    nobody_of: frozenset[int] = frozenset()
    exactly: bool = False
    unnamed: bool = False
    fewest_faces: int = 0
    most_faces: int | None = None
    folder_id: int | None = None
    below: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class PhotoIndex:
    """Photos, the newest first and undated ones last; every array has the same length n.

    `taken_at` is seconds on the camera's clock since 1970-01-01 or NaN, `precisions` a place in `dates.PRECISIONS`,
    `faces` the number that are not ignored, `missing` says whose file is gone, `pictures` is the photo with which each
    is counted: itself, but for copies. `ratios` are width by height of the upright photo, 1 where that is not known.
    """

    photo_ids: NDArray[np.int64]
    taken_at: NDArray[np.float64]
    precisions: NDArray[np.int8]
    faces: NDArray[np.int32]
    folder_ids: NDArray[np.int64]
    missing: NDArray[np.bool_]
    pictures: NDArray[np.int64]
    ratios: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.photo_ids)

    def where(self, wanted: NDArray[np.bool_]) -> "PhotoIndex":
        """Return the photos that are marked in `wanted`, (n,)."""
        return PhotoIndex(
            photo_ids=self.photo_ids[wanted],
            taken_at=self.taken_at[wanted],
            precisions=self.precisions[wanted],
            faces=self.faces[wanted],
            folder_ids=self.folder_ids[wanted],
            missing=self.missing[wanted],
            pictures=self.pictures[wanted],
            ratios=self.ratios[wanted],
        )

    def one_a_picture(self) -> "PhotoIndex":
        """Return one photo of each picture: the one with which the others are counted, if it is among them."""
        itself_first = np.lexsort((np.arange(len(self)), self.photo_ids != self.pictures, self.pictures))
        chosen = np.zeros(len(self), bool)
        chosen[itself_first[np.diff(self.pictures[itself_first], prepend=-1) != 0]] = True
        return self if chosen.all() else self.where(chosen)


def photo_index(library: Library, search: PhotoSearch, everything: PhotoIndex | None = None) -> PhotoIndex:
    """Return the photos that were searched for; those whose file is missing too, those that cannot be read not.

    `everything` is the answer to a search without conditions; who has it at hand searches large libraries in a few
    hundredths of a second. A search for people is as fast without.
    """
    with library.read() as connection:
        found = _read(connection, _with_everyone(connection, search)) if everything is None else everything
        found = found.where(_plain_conditions(search, found))
        for query, yes in _conditions(search):
            found = found.where(np.isin(found.photo_ids, _ids(connection, query), invert=not yes))
        if search.exactly:
            found = found.where(~np.isin(found.photo_ids, _with_others(connection, search, found)))
    return found


def _with_everyone(connection: Connection, search: PhotoSearch) -> NDArray[np.int64] | None:
    """Return the photos in which everybody is who must be; None where nobody must be."""
    parts = [_ids(connection, query) for query in _of_everyone(search)]
    return reduce(np.intersect1d, parts) if parts else None


def _read(connection: Connection, only: NDArray[np.int64] | None) -> PhotoIndex:
    """Read these photos, or all."""
    tallies = select(Face.photo_id, func.count()).where(~Face.ignored, in_picture()).group_by(Face.photo_id)
    missing = func.iif(Photo.state == PhotoState.MISSING, 1, 0)
    picture = func.coalesce(Photo.copy_of, Photo.id)
    sides = func.coalesce(Photo.width, 1), func.coalesce(Photo.height, 1)
    photos = select(Photo.id, taken_code(), precision_code(), Photo.folder_id, missing, picture, *sides).where(
        Photo.state != PhotoState.BROKEN
    )
    if only is not None:
        wanted = among(only.tolist())
        tallies, photos = tallies.where(Face.photo_id.in_(wanted)), photos.where(Photo.id.in_(wanted))
    ids, taken, exact, folders, gone, pictures, wide, high = number_rows(connection, photos.order_by(Photo.id))
    seen, numbers = number_rows(connection, tallies)
    faces = np.zeros(len(ids), np.int32)
    known = np.isin(seen, ids)
    faces[np.searchsorted(ids, seen[known])] = numbers[known]
    taken_at = seconds(taken)
    order = np.lexsort((-ids, -taken_at))
    return PhotoIndex(
        photo_ids=ids[order].astype(np.int64),
        taken_at=taken_at[order],
        precisions=exact[order].astype(np.int8),
        faces=faces[order],
        folder_ids=folders[order].astype(np.int64),
        missing=gone[order].astype(np.bool_),
        pictures=pictures[order].astype(np.int64),
        ratios=(wide[order] / np.maximum(high[order], 1)).astype(np.float32),
    )


def _plain_conditions(search: PhotoSearch, index: PhotoIndex) -> NDArray[np.bool_]:
    """Return (n,) whether each photo has the number of faces, the folder and the time that are wanted."""
    wanted = index.faces >= search.fewest_faces
    if search.most_faces is not None:
        wanted &= index.faces <= search.most_faces
    if search.folder_id is not None:
        wanted &= index.folder_ids == search.folder_id
    # Undated photos are NaN, which no comparison holds for.
    if search.since is not None:
        wanted &= index.taken_at >= search.since.replace(tzinfo=UTC).timestamp()
    if search.until is not None:
        wanted &= index.taken_at < search.until.replace(tzinfo=UTC).timestamp()
    return wanted


def _conditions(search: PhotoSearch) -> "Iterator[tuple[Select[int], bool]]":
    """Yield queries of photo ids, each with whether a photo has to be among them or must not be."""
    for query in _of_everyone(search):
        yield query, True
    if search.nobody_of:
        yield _seen().where(Face.person_id.in_(among(search.nobody_of)), ~is_doubtful()), False
    if search.most_faces == 0:
        yield select(Face.photo_id).where(Face.stranger, in_picture()), False
    if search.unnamed:
        named = select(Person.id).where(Person.name.is_not(None))
        known = Face.person_id.in_(named) & ~is_doubtful()
        yield _seen().where(Face.person_id.is_(None) | ~known), True
    if search.below:
        yield select(Photo.id).where(lies_below(search.below)), True


def _of_everyone(search: PhotoSearch) -> "list[Select[int]]":
    """Return a query of the photos of each person who must be in them."""
    return [_seen().where(Face.person_id == person_id, ~is_doubtful()) for person_id in sorted(search.everyone)]


def _seen() -> "Select[int]":
    return select(Face.photo_id).where(~Face.ignored, in_picture())


def _with_others(connection: Connection, search: PhotoSearch, index: PhotoIndex) -> NDArray[np.int64]:
    """Return the photos, some of them more than once, in which somebody else has a name."""
    seen = select(Face.photo_id, Face.person_id).where(~Face.ignored, in_picture(), ~is_doubtful())
    seen = seen.where(Face.person_id.is_not(None))
    if search.everyone:
        # With somebody in them there are few photos left, and it pays to look at these alone.
        seen = seen.where(Face.photo_id.in_(among(index.photo_ids.tolist())))
    photos, people = number_rows(connection, seen)
    named = _ids(connection, select(Person.id).where(Person.name.is_not(None)))
    others = np.isin(people, np.setdiff1d(named, list(search.everyone)))
    return np.asarray(photos[others], np.int64)


def _ids(connection: Connection, query: "Select[Any]") -> NDArray[np.int64]:
    return np.asarray(number_rows(connection, query)[0], np.int64)
