"""What the machine proposes beside its questions: the faces of a person that wait for a yes, a name for a group."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.clustering.sums_by_group import sums_by
from engine.faces.quality import LOW_QUALITY
from engine.library.answers import distinct_people, hidden_people_ids, named_people_ids, rejections
from engine.library.library import Library
from engine.library.vectors import FaceVectors, LeftOut
from engine.models.card import ModelCard
from engine.models.chosen import calibration_of
from engine.similarity import Calibration
from engine.workflows.grouping.clustering_input import placed_faces
from engine.workflows.grouping.regrouping_plan import is_confirmed

SURE = 0.97
"""From this likelihood on a face may be confirmed together with others, by one yes for all."""

LIKELY_NAME = 0.5
"""From this likelihood on a group without a name is shown with the name of whom it may be."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The faces that the machine put with a person, (n,) each, the likeliest first.

    `sure` marks those that one yes may confirm together: likely enough, good enough to be seen, in no photo with a
    confirmed face of the person.
    """

    face_ids: NDArray[np.int64]
    probability: NDArray[np.float64]
    sure: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ProposedName:
    """The named person whom a group without a name is likeliest to be, with the probability at equal odds."""

    person: int
    probability: float


def waiting_faces(library: Library, card: ModelCard, person: int) -> Waiting:
    """Return the faces of a person that nobody confirmed, compared with those that somebody did; all, if none was.

    Raises ModelError where the card does not say what its similarities mean.
    """
    calibration = calibration_of(card)
    faces = placed_faces(library, card, (LeftOut.IGNORED,))
    theirs, confirmed = faces.person_ids == person, is_confirmed(faces)
    waiting = np.flatnonzero(theirs & ~confirmed)
    ground = np.flatnonzero(theirs & confirmed)
    if not len(ground):
        ground = waiting
    mean = faces.vectors[ground].sum(axis=0)
    # A face that is part of the ground does not speak for itself.
    own = np.isin(waiting, ground)[:, None] * faces.vectors[waiting]
    towards = _unit(mean[None, :] - own)
    likely = _probability(calibration, np.einsum("ij,ij->i", faces.vectors[waiting], towards))
    beside = np.isin(faces.photo_ids[waiting], faces.photo_ids[theirs & confirmed])
    sure = (likely >= SURE) & (faces.quality[waiting] >= LOW_QUALITY) & ~beside
    order = np.lexsort((faces.face_ids[waiting], -likely))
    return Waiting(faces.face_ids[waiting][order], likely[order], sure[order])


def proposed_names(library: Library, card: ModelCard) -> dict[int, ProposedName]:
    """Return for each visible group without a name whom it may be, if that is likely enough.

    Nobody is proposed who was told from the group or refused for a face of it. Raises ModelError as above.
    """
    calibration = calibration_of(card)
    faces = placed_faces(library, card, (LeftOut.IGNORED, LeftOut.HIDDEN))
    people, means = _means(faces)
    named = np.isin(people, np.setdiff1d(named_people_ids(library), hidden_people_ids(library)))
    if not named.any() or named.all():
        return {}
    known, groups = people[named], people[~named]
    likely = _probability(calibration, means[~named] @ means[named].T)
    likely[_ruled_out(library, faces, groups, known)] = 0
    best = likely.argmax(axis=1)
    return {
        int(group): ProposedName(int(known[place]), float(likely[row, place]))
        for row, (group, place) in enumerate(zip(groups, best, strict=True))
        if likely[row, place] >= LIKELY_NAME
    }


def _ruled_out(
    library: Library, faces: FaceVectors, groups: NDArray[np.int64], known: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Mark the pairs of a group and a named person of which somebody said no, (groups, known)."""
    said = {tuple(pair) for pair in distinct_people(library).tolist()}
    said |= {(other, one) for one, other in said}
    owners = dict(zip(faces.face_ids.tolist(), faces.person_ids.tolist(), strict=True))
    said |= {(owners.get(face, -1), person) for face, person in rejections(library).tolist()}
    ruled = np.zeros((len(groups), len(known)), bool)
    rows = {int(group): row for row, group in enumerate(groups)}
    columns = {int(person): column for column, person in enumerate(known)}
    for one, other in said:
        if one in rows and other in columns:
            ruled[rows[one], columns[other]] = True
    return ruled


def _means(faces: FaceVectors) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return the people who have faces, (p,), and the direction of each one's mean, (p, d)."""
    rows = np.flatnonzero(faces.person_ids >= 0)
    people, place = np.unique(faces.person_ids[rows], return_inverse=True)
    weights = np.maximum(faces.quality[rows], 0.05)
    return people, _unit(sums_by(faces.vectors, rows, place, len(people), weights))


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return np.asarray(vectors / lengths, np.float32)


def _probability(calibration: Calibration, similarity: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the probability of one person at equal odds, for each similarity."""
    logit = calibration.slope * similarity.astype(np.float64) + calibration.intercept
    return np.asarray(1 / (1 + np.exp(-logit)), np.float64)
