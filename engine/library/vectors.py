"""Every face with its embedding, as arrays, for clustering."""

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Integer, Select, func, select, type_coerce

from engine.errors import LibraryError
from engine.library.arrays import id_or_none, joined, number_parts, raw_batches, seconds, source_code, taken_code
from engine.library.library import Library
from engine.library.sight import in_sight
from engine.library.tables import Embedding, Face, Person, Photo
from engine.progress import Progress, Workflow, finish
from engine.words import sentence

_ROWS = 8192
"""Rows moved at a time."""

_BATCHES = 40
"""Batches that are read between two reports: a twentieth of a second and more."""


@dataclass(frozen=True, slots=True)
class FaceVectors:
    """All faces in sight that have an embedding by one model, by rising face id; every array has the same length n.

    `person_ids` and `cluster_ids` are −1 for none, `sources` holds `states.SOURCE_CODES`, `taken_at` seconds on the
    camera's clock since 1970-01-01 or NaN. `vectors` is (n, d), unit length. `childlike` (n,) is what `Space.place`
    says of them, None where they were not placed. `lengths` (n,) is how long each vector was before it had unit length,
    NaN where that is not known, None where nobody asked.
    """

    face_ids: NDArray[np.int64]
    photo_ids: NDArray[np.int64]
    person_ids: NDArray[np.int64]
    cluster_ids: NDArray[np.int64]
    sources: NDArray[np.int8]
    ignored: NDArray[np.bool_]
    quality: NDArray[np.float32]
    taken_at: NDArray[np.float64]
    vectors: NDArray[np.float32]
    childlike: NDArray[np.float32] | None = None
    lengths: NDArray[np.float32] | None = None

    def narrowed(self, kept: NDArray[np.bool_]) -> "FaceVectors":
        """Return the faces that are `kept` (n,) in the memory of all of them, which holds nothing else any more."""
        if kept.all():
            return self
        names = [each.name for each in fields(self) if each.name != "vectors" and getattr(self, each.name) is not None]
        rest: dict[str, Any] = {name: getattr(self, name)[kept] for name in names}
        return replace(self, vectors=_moved_up(self.vectors, kept), **rest)


class LeftOut(StrEnum):
    """Faces that are not loaded: those set aside, or those of hidden people."""

    IGNORED = "ignored"
    HIDDEN = "hidden"


def face_vectors(library: Library, model: str, leaving_out: Collection[LeftOut] = ()) -> FaceVectors:
    """Load the embedding by `model` of every face in sight.

    What is left out here need not be copied apart later. Raises LibraryError if the stored vectors differ in length.
    """
    return finish(loaded_face_vectors(library, model, leaving_out))


def loaded_face_vectors(library: Library, model: str, leaving_out: Collection[LeftOut] = ()) -> Workflow[FaceVectors]:
    """Load the same in steps, for whoever may give up: a million faces take seconds. All is of one moment."""
    with library.read() as connection:
        first = select(func.length(Embedding.vector)).where(Embedding.model == model).limit(1)
        width = connection.scalar(first) or 0
        query, parts = _rows(leaving_out), []
        for number, part in enumerate(number_parts(connection, query) if width else ()):
            if number % _BATCHES == 0:
                yield Progress("cluster", 0)
            parts.append(part)
        numbers = joined(query, parts)
        parts.clear()
        face_ids = numbers[0].astype(np.int64)
        vectors = np.empty((len(face_ids), width // 4), np.float32)
        lengths = np.full(len(face_ids), np.nan, np.float32)
        there = yield from _fill(connection, model, face_ids, vectors, lengths)
    if not there.all():
        numbers, vectors, lengths = numbers[:, there], _moved_up(vectors, there), lengths[there]
    return FaceVectors(
        face_ids=numbers[0].astype(np.int64),
        photo_ids=numbers[1].astype(np.int64),
        person_ids=numbers[2].astype(np.int64),
        cluster_ids=numbers[3].astype(np.int64),
        sources=numbers[4].astype(np.int8),
        ignored=numbers[5].astype(np.bool_),
        quality=numbers[6].astype(np.float32),
        taken_at=seconds(numbers[7]),
        vectors=vectors,
        lengths=lengths,
    )


def _rows(leaving_out: Collection[LeftOut]) -> "Select[*tuple[object, ...]]":
    hidden = select(Person.id).where(Person.hidden)
    conditions = {
        LeftOut.IGNORED: ~Face.ignored,
        LeftOut.HIDDEN: Face.person_id.is_(None) | Face.person_id.not_in(hidden),
    }
    return (
        select(
            Face.id,
            Face.photo_id,
            id_or_none(Face.person_id),
            id_or_none(Face.cluster_id),
            source_code(),
            type_coerce(Face.ignored, Integer),
            Face.quality,
            taken_code(),
        )
        .join(Photo, Photo.id == Face.photo_id)
        .where(in_sight(), *(conditions[each] for each in leaving_out))
        .order_by(Face.id)
    )


def _fill(
    connection: Connection,
    model: str,
    face_ids: NDArray[np.int64],
    vectors: NDArray[np.float32],
    lengths: NDArray[np.float32],
) -> Workflow[NDArray[np.bool_]]:
    """Read the vectors of these faces, whose ids rise, and their lengths into the rows; mark those that have one, (n,).

    The table is read as it lies in the file: to look each face's vector up by the index takes three times as long.
    """
    there = np.zeros(len(face_ids), bool)
    wanted = select(Embedding.face_id, Embedding.vector, Embedding.length).where(Embedding.model == model)
    for number, batch in enumerate(raw_batches(connection, wanted) if len(face_ids) else ()):
        if number % _BATCHES == 0:
            yield Progress("cluster", 0)
        ids, blobs, told = zip(*batch, strict=True)
        if set(map(len, blobs)) != {vectors.shape[1] * 4}:
            raise LibraryError(
                sentence("The embeddings of one model differ in length."), sentence("Scan again with this model.")
            )
        numbers = np.array(ids, np.int64)
        rows = np.minimum(np.searchsorted(face_ids, numbers), len(face_ids) - 1)
        known = np.flatnonzero(face_ids[rows] == numbers)
        rows, read = rows[known], np.frombuffer(b"".join(blobs), "<f4").reshape(len(blobs), -1)
        target = _as_slice(rows)
        vectors[target] = read if len(known) == len(read) else read[known]
        lengths[target] = np.array(told, np.float32)[known]
        there[target] = True
    return there


def _as_slice(rows: NDArray[np.intp]) -> "slice | NDArray[np.intp]":
    """Return rows that stand side by side, as nearly all do, as a slice: it is filled in half of the time."""
    if len(rows) and (np.diff(rows) == 1).all():
        return slice(int(rows[0]), int(rows[-1]) + 1)
    return rows


def _moved_up(vectors: NDArray[np.float32], there: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Return the rows that are there, in the memory where all of them were."""
    rows = np.flatnonzero(there)
    for start in range(0, len(rows), _ROWS):
        part = rows[start : start + _ROWS]
        vectors[start : start + len(part)] = vectors[part]
    return vectors[: len(rows)]
