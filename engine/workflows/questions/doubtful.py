"""People who look like two: their faces fall into two parts that hardly resemble each other."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.clustering.kmeans import KMeansOptions, kmeans_labels
from engine.faces.quality import LOW_QUALITY
from engine.library.answers import hidden_people_ids
from engine.library.library import Library
from engine.library.vectors import FaceVectors
from engine.models.card import ModelCard
from engine.models.chosen import calibration_of
from engine.workflows.grouping.clustering_input import placed_faces
from engine.workflows.grouping.regrouping_plan import is_confirmed

FEWEST = 6
"""Faces that a person must have to be looked at."""

FEWEST_APART = 3
"""Faces that the smaller part must have: one or two odd ones are better refused one by one."""

UNLIKELY = 0.1
"""Where two faces as alike as the parts are on average are one person with less probability than this, it is doubtful.

Parts of one person are alike beyond that even over many years, since an average over many pairs hardly scatters."""


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A person, the faces of the smaller part, and the average similarity (cosine) between the two parts."""

    person: int
    part_face_ids: tuple[int, ...]
    similarity: float


def doubtful_people(library: Library, card: ModelCard, limit: int = 20) -> list[Doubtful]:
    """Return up to `limit` people who look like two, the least alike first; the cost is that of 2-means a person.

    A part whose faces somebody confirmed one and all is their word and not doubted; faces of low quality resemble
    nobody and are left out. Raises ModelError where the card does not say what its similarities mean.
    """
    highest = calibration_of(card).similarity_of(UNLIKELY)
    faces = placed_faces(library, card)
    confirmed = is_confirmed(faces)
    found = [
        doubt
        for person, rows in _by_person(faces, hidden_people_ids(library))
        if (doubt := _doubt(faces, confirmed, person, rows)) is not None and doubt.similarity < highest
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


def _doubt(faces: FaceVectors, confirmed: NDArray[np.bool_], person: int, rows: NDArray[np.intp]) -> Doubtful | None:
    """Divide a person's faces in two and say how alike the parts are; None where the smaller one is no doubt."""
    vectors = faces.vectors[rows]
    labels = kmeans_labels(vectors, KMeansOptions(2, starts=2))
    smaller = labels == int(2 * labels.sum() <= len(labels))
    part = rows[smaller]
    if len(part) < FEWEST_APART or confirmed[part].all():
        return None
    similarity = float(vectors[smaller].mean(axis=0) @ vectors[~smaller].mean(axis=0))
    return Doubtful(person, tuple(faces.face_ids[part].tolist()), similarity)
