"""What the library holds, in the forms that clustering takes."""

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from engine.clustering.constraints import Constraints
from engine.clustering.likeness import Faces
from engine.library.answers import distinct_people, hidden_people_ids, named_people_ids, rejections
from engine.library.library import Library
from engine.library.vectors import FaceVectors, LeftOut, face_vectors
from engine.models.card import ModelCard
from engine.workflows.grouping.regrouping_plan import is_confirmed

SECONDS_A_DAY = 86_400.0


def faces_at(faces: FaceVectors, rows: NDArray[np.intp]) -> Faces:
    """Return the faces at these rows with their photos and dates."""
    return Faces(faces.vectors[rows], faces.photo_ids[rows], faces.taken_at[rows] / SECONDS_A_DAY)


def all_faces(faces: FaceVectors) -> Faces:
    """Return all faces with their photos and dates; the vectors are those of `faces` themselves."""
    return Faces(faces.vectors, faces.photo_ids, faces.taken_at / SECONDS_A_DAY)


def placed_faces(library: Library, card: ModelCard, leaving_out: Collection[LeftOut] = ()) -> FaceVectors:
    """Load every face with its embedding by the model, placed where the model's faces are compared."""
    faces = face_vectors(library, card.key, leaving_out)
    if card.space is not None:
        card.space.place(faces.vectors)
    return faces


def full_constraints(library: Library, faces: FaceVectors) -> Constraints:
    """Return the constraints for clustering faces anew; rows are those of `faces`.

    Confirmed faces of a person belong together. Where nobody confirmed a face of a person of whom somebody spoke all
    the same (told from another, refused for a face, hidden, named), the faces are taken together as they are: whoever
    spoke saw that group. Rejections and photos keep apart.
    """
    rejected = rejections(library)
    confirmed = is_confirmed(faces)
    spoken_of = [
        distinct_people(library).ravel(),
        rejected[:, 1],
        hidden_people_ids(library),
        named_people_ids(library),
    ]
    people = np.setdiff1d(np.concatenate(spoken_of), faces.person_ids[confirmed])
    groups = np.where(confirmed | np.isin(faces.person_ids, people), faces.person_ids, -1)
    return Constraints(
        groups=groups.astype(np.int64),
        rejected=rejected_rows(rejected, faces.face_ids),
        photos=faces.photo_ids,
    )


def rejected_rows(rejected: NDArray[np.int64], face_ids: NDArray[np.int64], first_row: int = 0) -> NDArray[np.int64]:
    """Return (m, 2) rows of (row of the face, person) for the rejections (face id, person) of these faces.

    `face_ids` rise; its first face has the number `first_row`.
    """
    if not len(rejected) or not len(face_ids):
        return np.empty((0, 2), np.int64)
    places = np.searchsorted(face_ids, rejected[:, 0])
    here = face_ids[np.minimum(places, len(face_ids) - 1)] == rejected[:, 0]
    return np.column_stack([places[here] + first_row, rejected[here, 1]]).astype(np.int64)
