"""Strangers who were set aside are known again: their new photos are set aside, too, as a step that can be undone."""

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from engine.clustering.constraints import Constraints
from engine.clustering.default import cluster
from engine.clustering.strays import Elsewhere
from engine.faces.quality import LOW_QUALITY
from engine.library.answers import stranger_face_ids
from engine.library.edits import ignore_newcomers
from engine.library.library import Library
from engine.library.vectors import FaceVectors
from engine.models.card import ModelCard
from engine.models.chosen import calibration_of
from engine.progress import Workflow
from engine.workflows.grouping.clustering_input import loaded_faces
from engine.workflows.grouping.means import means_of
from engine.workflows.grouping.regrouping_plan import NOBODY, is_confirmed


def set_strangers_aside(library: Library, card: ModelCard, newcomers: Collection[int]) -> Workflow[int]:
    """Set aside those of the newcomers (face ids) who are strangers of before, and return how many faces that is.

    Call it after the newcomers were grouped: only faces that are nobody's, or in a group of newcomers alone, are
    looked at, beside the strangers' and with everybody else standing by, as the grouping does it. Of a group of
    newcomers most have to be strangers, and then all go. Raises ModelError as `recluster` does.
    """
    known = stranger_face_ids(library) if newcomers else np.empty(0, np.int64)
    if not len(known):
        return 0
    faces = yield from loaded_faces(library, card)
    fresh = _fresh(faces, newcomers)
    strangers = np.isin(faces.face_ids, known)
    rows = np.flatnonzero(strangers | fresh)
    labels = cluster(
        faces.vectors[rows],
        calibration=calibration_of(card),
        constraints=Constraints(np.full(len(rows), -1, np.int64), photos=faces.photo_ids[rows]),
        seeds=faces.quality[rows] >= LOW_QUALITY,
        elsewhere=_others(faces, fresh),
    ).labels
    theirs = np.unique(labels[strangers[rows] & (labels >= 0)])
    again = np.zeros(len(faces.face_ids), bool)
    again[rows] = np.isin(labels, theirs) & fresh[rows]
    found = _by_group(faces, fresh, again)
    if found.any():
        ignore_newcomers(library, faces.face_ids[found].tolist())
    return int(found.sum())


def _fresh(faces: FaceVectors, newcomers: Collection[int]) -> NDArray[np.bool_]:
    """Mark the newcomers who are nobody's yet, or with somebody who has only newcomers, (n,)."""
    new = np.isin(faces.face_ids, list(newcomers)) & ~faces.ignored & ~is_confirmed(faces)
    settled = np.unique(faces.person_ids[~new])
    open_ = (faces.person_ids == NOBODY) | ~np.isin(faces.person_ids, settled)
    return np.asarray(new & open_, np.bool_)


def _others(faces: FaceVectors, fresh: NDArray[np.bool_]) -> Elsewhere:
    """Return everybody who is neither new nor set aside."""
    rows = np.flatnonzero(~faces.ignored & ~fresh & (faces.person_ids >= 0))
    others = means_of(faces, rows, faces.person_ids[rows])
    return Elsewhere(len(others.people), others.vectors)


def _by_group(faces: FaceVectors, fresh: NDArray[np.bool_], again: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Let each group of newcomers go as most of its faces do; faces that are nobody's go one by one, (n,)."""
    found = again.copy()
    grouped = fresh & (faces.person_ids >= 0)
    people, place = np.unique(faces.person_ids[grouped], return_inverse=True)
    shares = np.bincount(place, again[grouped], len(people)) / np.maximum(np.bincount(place, minlength=len(people)), 1)
    found[grouped] = shares[place] > 0.5
    return found
