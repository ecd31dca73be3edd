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
    faces = placed_faces(library, card)
    if card.space is not None and card.space.childlike is None:
        faces = replace(faces, childlike=None)  # nothing is known of it, which is not that nobody is a child
    confirmed = is_confirmed(faces)
    found = [
        doubt
        for person, rows in _by_person(faces, hidden_people_ids(library))
        if (doubt := _doubt(faces, confirmed, person, rows, calibration)) is not None
    ]
    return sorted(found, key=lambda doubt: doubt.similarity)[:limit]


def _by_person(faces: FaceVectors, hidden: NDArray[np.int64]) -> list[tuple[int, NDArray[np.intp]]]:
    """Return the rows of everybody who has enough clear faces."""
    clear = ~faces.ignored & (faces.person_ids >= 0) & (faces.quality >= LOW_QUALITY)
    rows = np.flatnonzero(clear & ~np.isin(faces.person_ids, hidden))
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
