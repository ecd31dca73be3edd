"""Which faces a map shows: those that can be compared, with whose they are."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import exists, select

from engine.library.arrays import id_or_none, number_rows, source_code
from engine.library.library import Library
from engine.library.sight import in_sight
from engine.library.tables import Embedding, Face, Person, Photo


@dataclass(frozen=True, slots=True)
class MappedFaces:
    """Faces by rising id; every array has the same length n.

    `person_ids` and `cluster_ids` are −1 for none, `sources` holds `states.SOURCE_CODES`.
    """

    face_ids: NDArray[np.int64]
    photo_ids: NDArray[np.int64]
    person_ids: NDArray[np.int64]
    cluster_ids: NDArray[np.int64]
    sources: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.face_ids)


def mapped_faces(library: Library, model: str) -> MappedFaces:
    """Return the faces in sight that have an embedding by the model, but for those set aside and of hidden people."""
    hidden = select(Person.id).where(Person.hidden)
    query = (
        select(Face.id, Face.photo_id, id_or_none(Face.person_id), id_or_none(Face.cluster_id), source_code())
        .join(Photo, Photo.id == Face.photo_id)
        .where(in_sight(), ~Face.ignored, Face.person_id.is_(None) | Face.person_id.not_in(hidden))
        .where(exists().where(Embedding.face_id == Face.id, Embedding.model == model))
        .order_by(Face.id)
    )
    with library.read() as connection:
        faces, photos, people, clusters, sources = number_rows(connection, query)
    return MappedFaces(
        face_ids=faces.astype(np.int64),
        photo_ids=photos.astype(np.int64),
        person_ids=people.astype(np.int64),
        cluster_ids=clusters.astype(np.int64),
        sources=sources.astype(np.int8),
    )


def faces_with_vectors(library: Library, model: str) -> NDArray[np.int64]:
    """Return the ids, (n,), of all faces that have an embedding by the model, shown or not."""
    with library.read() as connection:
        rows = connection.execute(select(Embedding.face_id).where(Embedding.model == model)).scalars()
        return np.fromiter(rows, np.int64)
