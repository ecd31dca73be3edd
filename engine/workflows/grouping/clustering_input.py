"""What the library holds, in the forms that clustering takes."""

from collections.abc import Collection
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from engine.clustering.childhood import LOOK_TAKEN_OFF, MOST_ALIKE, childlike_at
from engine.clustering.constraints import Constraints
from engine.clustering.likeness import Faces
from engine.clustering.pages import SUSPECTED, page_likelihoods
from engine.library.answers import distinct_people, hidden_people_ids, named_people_ids, rejections
from engine.library.births import births
from engine.library.library import Library
from engine.library.mentions import fully_named
from engine.library.models import ages_in_use
from engine.library.pages import said_of_pages
from engine.library.vectors import FaceVectors, LeftOut, loaded_face_vectors
from engine.models.card import ModelCard
from engine.models.chosen import calibration_of, says_what_similarities_mean
from engine.progress import Workflow, finish
from engine.workflows.grouping.named_photos import not_named
from engine.workflows.grouping.regrouping_plan import is_confirmed

SECONDS_A_DAY = 86_400.0


def faces_at(faces: FaceVectors, rows: NDArray[np.intp]) -> Faces:
    """Return the faces at these rows with their photos and dates."""
    return Faces(faces.vectors[rows], faces.photo_ids[rows], faces.taken_at[rows] / SECONDS_A_DAY)


def all_faces(faces: FaceVectors) -> Faces:
    """Return all faces with their photos and dates; the vectors are those of `faces` themselves."""
    return Faces(faces.vectors, faces.photo_ids, faces.taken_at / SECONDS_A_DAY)


def vectors_in_place(library: Library, card: ModelCard, leaving_out: Collection[LeftOut] = ()) -> FaceVectors:
    """Load every face with its embedding by the model, placed where the model's faces are compared.

    Their quality is what the picture and the length of the vector make of it, where the card says what that means.
    How childlike a face is says the model's space, if it has one, or its age, if a model tells it: whichever says more.
    """
    return finish(_loaded_in_place(library, card, leaving_out))


def _loaded_in_place(library: Library, card: ModelCard, leaving_out: Collection[LeftOut] = ()) -> Workflow[FaceVectors]:
    faces = yield from loaded_face_vectors(library, card.key, leaving_out)
    if card.by_length is not None and faces.lengths is not None:
        faces = replace(faces, quality=card.by_length.quality(faces.quality, faces.lengths))
    if card.space is not None:
        faces = replace(faces, childlike=card.space.place(faces.vectors))
    ages = ages_in_use(library)
    if not ages:
        return faces
    years = np.array([ages.get(face, np.nan) for face in faces.face_ids.tolist()], np.float32)
    told = childlike_at(years, MOST_ALIKE if card.space is None else LOOK_TAKEN_OFF)
    return replace(faces, childlike=told if faces.childlike is None else np.maximum(faces.childlike, told))


def placed_faces(library: Library, card: ModelCard, leaving_out: Collection[LeftOut] = ()) -> FaceVectors:
    """Load the faces as `vectors_in_place`; of what somebody called a page, each face counts as in a photo of its own.

    So nothing is concluded there from two faces being in one photo. The numbers of these photos are none of the
    library's.
    """
    return finish(loaded_faces(library, card, leaving_out))


def loaded_faces(library: Library, card: ModelCard, leaving_out: Collection[LeftOut] = ()) -> Workflow[FaceVectors]:
    """Load the same in steps, for a workflow: of a million faces that takes seconds."""
    return pages_apart(library, (yield from _loaded_in_place(library, card, leaving_out)))


def pages_apart(library: Library, faces: FaceVectors) -> FaceVectors:
    """Return the faces with photos as `placed_faces` numbers them, noted in `faces` itself."""
    pages = [photo for photo, is_page in said_of_pages(library).items() if is_page]
    rows = np.flatnonzero(np.isin(faces.photo_ids, pages))
    if len(rows):
        faces.photo_ids[rows] = faces.photo_ids.max() + 1 + np.arange(len(rows))
    return faces


def perhaps_no_faces(faces: FaceVectors, card: ModelCard) -> NDArray[np.bool_]:
    """Mark what is perhaps no face by the length of its vector, and of which nobody said that it is one, (n,)."""
    if card.by_length is None or faces.lengths is None:
        return np.zeros(len(faces.face_ids), np.bool_)
    return np.asarray(card.by_length.doubts(faces.lengths) & ~is_confirmed(faces), np.bool_)


def likely_pages(faces: FaceVectors, card: ModelCard) -> dict[int, float]:
    """Return the photos that look like pages with several pictures, each with its likelihood; faces are in place."""
    if not says_what_similarities_mean(card):
        return {}
    found = page_likelihoods(faces.vectors, faces.photo_ids, faces.quality, calibration_of(card))
    return {photo: likelihood for photo, likelihood in found.items() if likelihood >= SUSPECTED}


def full_constraints(library: Library, faces: FaceVectors, card: ModelCard) -> Constraints:
    """Return the constraints for clustering faces anew; rows are those of `faces`.

    Confirmed faces of a person belong together. Where nobody confirmed a face of a person of whom somebody spoke all
    the same (told from another, refused for a face, hidden, named), the faces are taken together as they are: whoever
    spoke saw that group. Rejections and photos keep apart, but for photos that look like pages with several pictures,
    unless somebody said that they are none. Nobody is in a photo that was taken before his birth, nor in one that names
    everybody in it but them.
    """
    rejected, born = rejections(library), births(library)
    confirmed = is_confirmed(faces)
    said = said_of_pages(library)
    suspected = [photo for photo in likely_pages(faces, card) if said.get(photo, True)]
    spoken_of = [
        distinct_people(library).ravel(),
        rejected[:, 1],
        hidden_people_ids(library),
        named_people_ids(library),
        born.people,
    ]
    people = np.setdiff1d(np.concatenate(spoken_of), faces.person_ids[confirmed])
    groups = np.where(confirmed | np.isin(faces.person_ids, people), faces.person_ids, -1)
    unnamed = not_named(faces, all_faces(faces), confirmed, fully_named(library))
    # What somebody confirmed stands, whatever the date of the photo says.
    dated = np.where(confirmed, np.nan, faces.taken_at)
    return Constraints(
        groups=groups.astype(np.int64),
        rejected=np.concatenate([rejected_rows(rejected, faces.face_ids), born.excluded(dated), unnamed]),
        photos=np.where(np.isin(faces.photo_ids, suspected), -1, faces.photo_ids),
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
