"""People who look like two."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.clustering.two_in_one import two_in_one
from engine.faces.quality import LOW_QUALITY
from engine.library.answers import hidden_people_ids
from engine.library.library import Library
from engine.library.vectors import FaceVectors
from engine.models.card import ModelCard
from engine.models.chosen import calibration_of
from engine.similarity import Calibration
from engine.workflows.grouping.clustering_input import placed_faces
from engine.workflows.grouping.regrouping_plan import is_confirmed

FEWEST = 6
"""Faces that a person must have to be looked at."""


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A person, the faces of the smaller part, and how alike the means of the two parts are (cosine)."""

    person: int
    part_face_ids: tuple[int, ...]
    similarity: float


def doubtful_people(library: Library, card: ModelCard, limit: int = 20) -> list[Doubtful]:
    """Return up to `limit` people who look like two, the least alike first; the cost is that of 2-means a person.

    A part whose faces somebody confirmed one and all is their word and not doubted; faces of low quality resemble
    nobody and are left out. Raises ModelError where the card does not say what its similarities mean.
    """
    calibration = calibration_of(card)
    faces = _with_known_looks(placed_faces(library, card), card)
    confirmed = is_confirmed(faces)
    found = [
        doubt
        for person, rows in _by_person(faces, hidden_people_ids(library))
        if (doubt := _doubt(faces, confirmed, person, rows, calibration)) is not None
    ]
    return sorted(found, key=lambda doubt: doubt.similarity)[:limit]


def doubt_about(library: Library, card: ModelCard, faces: FaceVectors, person: int) -> Doubtful | None:
    """Return what `doubtful_people` finds of one person among all faces as they are placed; None: nothing is."""
    if person in hidden_people_ids(library):
        return None
    rows = np.flatnonzero(_clear(faces) & (faces.person_ids == person))
    if len(rows) < FEWEST:
        return None
    return _doubt(_with_known_looks(faces, card), is_confirmed(faces), person, rows, calibration_of(card))


def _with_known_looks(faces: FaceVectors, card: ModelCard) -> FaceVectors:
    """Take away how childlike faces are where the card says nothing of it, which is not that nobody is a child."""
    return replace(faces, childlike=None) if card.space is not None and card.space.childlike is None else faces


def _clear(faces: FaceVectors) -> NDArray[np.bool_]:
    return ~faces.ignored & (faces.quality >= LOW_QUALITY)


def _by_person(faces: FaceVectors, hidden: NDArray[np.int64]) -> list[tuple[int, NDArray[np.intp]]]:
    """Return the rows of everybody who has enough clear faces."""
    rows = np.flatnonzero(_clear(faces) & (faces.person_ids >= 0) & ~np.isin(faces.person_ids, hidden))
    rows = rows[np.argsort(faces.person_ids[rows], kind="stable")]
    people, starts = np.unique(faces.person_ids[rows], return_index=True)
    parts = np.split(rows, starts[1:])
    return [(int(person), part) for person, part in zip(people, parts, strict=False) if len(part) >= FEWEST]


def _doubt(
    faces: FaceVectors, confirmed: NDArray[np.bool_], person: int, rows: NDArray[np.intp], calibration: Calibration
) -> Doubtful | None:
    """Return what is doubtful of a person's faces, if anything."""
    childlike = None if faces.childlike is None else faces.childlike[rows]
    found = two_in_one(faces.vectors[rows], childlike, calibration)
    if found is None or confirmed[rows[found.smaller]].all():
        return None
    return Doubtful(person, tuple(faces.face_ids[rows[found.smaller]].tolist()), found.similarity)
