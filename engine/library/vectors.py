"""Every face with its embedding, as arrays, for clustering."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Integer, Select, func, select, type_coerce

from engine.errors import LibraryError
from engine.library.arrays import id_or_none, source_code
from engine.library.library import Library
from engine.library.tables import Embedding, Face, Person, Photo

_ROWS = 8192
"""Rows fetched at a time, so that Python objects never exist for more than these."""


@dataclass(frozen=True, slots=True)
class FaceVectors:
    """All faces that have an embedding by one model, by rising face id; every array has the same length n.

    `person_ids` and `cluster_ids` are −1 for none, `sources` holds `states.SOURCE_CODES`, `taken_at` seconds on the
    camera's clock since 1970-01-01 or NaN. `vectors` is (n, d), unit length.
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


class LeftOut(StrEnum):
    """Faces that are not loaded: those set aside, or those of hidden people."""

    IGNORED = "ignored"
    HIDDEN = "hidden"


def face_vectors(library: Library, model: str, leaving_out: Collection[LeftOut] = ()) -> FaceVectors:
    """Load every face's embedding by `model`, those of missing photos too.

    What is left out here need not be copied apart later. Raises LibraryError if the stored vectors differ in length.
    """
    with library.read() as connection:
        count = connection.scalar(select(func.count()).select_from(Embedding).where(Embedding.model == model)) or 0
        first = select(func.length(Embedding.vector)).where(Embedding.model == model).limit(1)
        width = connection.scalar(first) or 0
        numbers = np.empty((8, count), np.float64)
        vectors = np.empty((count, width // 4), np.float32)
        loaded = _fill(connection, _rows(model, leaving_out), numbers, vectors)
    numbers, vectors = numbers[:, :loaded], vectors[:loaded]
    return FaceVectors(
        face_ids=numbers[0].astype(np.int64),
        photo_ids=numbers[1].astype(np.int64),
        person_ids=numbers[2].astype(np.int64),
        cluster_ids=numbers[3].astype(np.int64),
        sources=numbers[4].astype(np.int8),
        ignored=numbers[5].astype(np.bool_),
        quality=numbers[6].astype(np.float32),
        taken_at=numbers[7] / 1e6,
        vectors=vectors,
    )


def _rows(model: str, leaving_out: Collection[LeftOut]) -> "Select[*tuple[object, ...]]":
    hidden = select(Person.id).where(Person.hidden)
    conditions = {
        LeftOut.IGNORED: ~Face.ignored,
        LeftOut.HIDDEN: Face.person_id.is_(None) | Face.person_id.not_in(hidden),
    }
    # Plain numbers only (ids stay exact in float64 up to 2**53), so that no row is converted value by value in Python.
    return (
        select(
            Face.id,
            Face.photo_id,
            id_or_none(Face.person_id),
            id_or_none(Face.cluster_id),
            source_code(),
            type_coerce(Face.ignored, Integer),
            Face.quality,
            type_coerce(Photo.taken_at, Integer),
            Embedding.vector,
        )
        .join(Embedding, Embedding.face_id == Face.id)
        .join(Photo, Photo.id == Face.photo_id)
        .where(Embedding.model == model, *(conditions[each] for each in leaving_out))
        .order_by(Face.id)
    )


def _fill(
    connection: Connection,
    wanted: "Select[*tuple[object, ...]]",
    numbers: NDArray[np.float64],
    vectors: NDArray[np.float32],
) -> int:
    """Read the rows into the arrays, which have room for them, and return how many they were."""
    at = 0
    for rows in connection.execute(wanted).partitions(_ROWS):
        *columns, blobs = zip(*rows, strict=True)
        joined = b"".join(blobs)
        if len({len(blob) for blob in blobs} | {vectors.shape[1] * 4}) > 1:
            raise LibraryError("The embeddings of one model differ in length.", "Scan again with this model.")
        end = at + len(blobs)
        numbers[:, at:end] = np.array(columns, np.float64)
        vectors[at:end] = np.frombuffer(joined, "<f4").reshape(len(blobs), -1)
        at = end
    return at
