"""Which faces a grid shows, as arrays: 100,000 of them are a few megabytes."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, and_, or_, select

from engine.library.arrays import id_or_none, number_rows, precision_code, seconds, source_code, taken_code
from engine.library.ids import among
from engine.library.library import Library
from engine.library.sight import in_sight
from engine.library.states import Source
from engine.library.tables import Face, Person, Photo, Rejection


class FaceKind(StrEnum):
    """Which faces: those of one person, nobody's, ignored ones, all that are not ignored, or some by their ids.

    UNPLACED ones are nobody's, or were refused for somebody and are where the machine put them, with nobody named.
    """

    PERSON = "PERSON"
    UNSORTED = "UNSORTED"
    UNPLACED = "UNPLACED"
    IGNORED = "IGNORED"
    EVERYTHING = "EVERYTHING"
    THESE = "THESE"


@dataclass(frozen=True, slots=True)
class FaceScope:
    """The faces that a grid shows; made by the class methods, which set `person_id` or `face_ids` where they count."""

    kind: FaceKind
    person_id: int | None = None
    face_ids: frozenset[int] = frozenset()

    @classmethod
    def person(cls, person_id: int) -> Self:
        """Take the faces of one person, confirmed and suggested ones."""
        return cls(FaceKind.PERSON, person_id)

    @classmethod
    def unsorted(cls) -> Self:
        """Take the faces that are nobody's and not ignored."""
        return cls(FaceKind.UNSORTED)

    @classmethod
    def unplaced(cls) -> Self:
        """Take the same, and refused ones that the machine has put in groups without a name."""
        return cls(FaceKind.UNPLACED)

    @classmethod
    def ignored(cls) -> Self:
        """Take the faces that were set aside."""
        return cls(FaceKind.IGNORED)

    @classmethod
    def everything(cls) -> Self:
        """Take all faces but ignored ones."""
        return cls(FaceKind.EVERYTHING)

    @classmethod
    def these(cls, face_ids: Iterable[int]) -> Self:
        """Take these faces, but ignored ones."""
        return cls(FaceKind.THESE, face_ids=frozenset(face_ids))


@dataclass(frozen=True, slots=True)
class FaceIndex:
    """Faces by time, photo and id, undated ones last; every array has the same length n.

    `person_ids` and `cluster_ids` are −1 for none, `sources` holds `states.SOURCE_CODES`, `taken_at` seconds on the
    camera's clock since 1970-01-01 or NaN, `precisions` a place in `dates.PRECISIONS`.
    """

    face_ids: NDArray[np.int64]
    photo_ids: NDArray[np.int64]
    person_ids: NDArray[np.int64]
    sources: NDArray[np.int8]
    quality: NDArray[np.float32]
    taken_at: NDArray[np.float64]
    precisions: NDArray[np.int8]
    cluster_ids: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.face_ids)


def face_index(library: Library, scope: FaceScope) -> FaceIndex:
    """Return the faces of a scope that are in sight; an unknown person has none."""
    columns = (
        Face.id,
        Face.photo_id,
        id_or_none(Face.person_id),
        source_code(),
        Face.quality,
        taken_code(),
        precision_code(),
        id_or_none(Face.cluster_id),
    )
    query = select(*columns).join(Photo, Photo.id == Face.photo_id).where(_within(scope), in_sight())
    with library.read() as connection:
        faces, photos, people, sources, quality, taken, exact, clusters = number_rows(connection, query)
    taken_at = seconds(taken)
    order = np.lexsort((faces, photos, taken_at))
    return FaceIndex(
        face_ids=faces[order].astype(np.int64),
        photo_ids=photos[order].astype(np.int64),
        person_ids=people[order].astype(np.int64),
        sources=sources[order].astype(np.int8),
        quality=quality[order].astype(np.float32),
        taken_at=taken_at[order],
        precisions=exact[order].astype(np.int8),
        cluster_ids=clusters[order].astype(np.int64),
    )


def _within(scope: FaceScope) -> ColumnElement[bool]:
    named = select(Person.id).where(Person.name.is_not(None))
    refused = Face.id.in_(select(Rejection.face_id))
    put = and_(Face.source == Source.CLUSTER, Face.person_id.not_in(named), refused)
    conditions: dict[FaceKind, ColumnElement[bool]] = {
        FaceKind.PERSON: and_(Face.person_id == scope.person_id, ~Face.ignored),
        FaceKind.UNSORTED: and_(Face.person_id.is_(None), ~Face.ignored),
        FaceKind.UNPLACED: and_(or_(Face.person_id.is_(None), put), ~Face.ignored),
        FaceKind.IGNORED: Face.ignored.is_(True),
        FaceKind.EVERYTHING: ~Face.ignored,
        FaceKind.THESE: and_(Face.id.in_(among(scope.face_ids)), ~Face.ignored),
    }
    return conditions[scope.kind]
