"""After a scan, and while it runs: new faces are grouped among themselves and with everybody whom they touch.

What the machine grouped is at disposal, so the order in which photos come does not matter. What somebody confirmed
stays where it is. People who are found while photos are still being read are provisional: their faces get no cluster,
and so count as new again until a scan has come to its end.
"""

from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from engine.library.changes import Changes
from engine.library.clusters import forget_empty_people, write_assignments, write_clusters
from engine.library.library import Library
from engine.library.states import SOURCE_CODES, Source
from engine.library.vectors import FaceVectors
from engine.models.card import ModelCard
from engine.models.chosen import calibration_of
from engine.progress import Progress, Workflow
from engine.workflows.grouping.arrival import ALL_UP_TO, Arrival, grouped_again
from engine.workflows.grouping.clustering_input import full_constraints, placed_faces
from engine.workflows.grouping.regrouping_plan import Regrouping, is_confirmed, plan_regrouping


class Stand(Enum):
    """How long new people are meant to stand: until more has been read, or for good."""

    PROVISIONAL = "provisional"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class Growth:
    """What one run came to: faces that joined somebody, people founded, faces that are nobody's of those looked at."""

    joined: int = 0
    founded: int = 0
    unsorted: int = 0


def recluster(
    library: Library,
    card: ModelCard,
    stand: Stand = Stand.FINAL,
    *,
    after: Changes | None = None,
    whole: int = ALL_UP_TO,
) -> Workflow[Growth]:
    """Group the faces that no run has grouped for good with all that they touch.

    `after` an edit or an undo, its changes: the faces that were touched and those that the machine put with the people
    who were lose their ground and are looked at again. Confirmed and ignored faces stay where they are; rejections are
    respected. Groups keep the unnamed person with whom they share most faces. Up to `whole` faces everything is looked
    at; in a larger library the cost grows with the number of new faces. Raises ModelError where the card says nothing
    about what its similarities mean.
    """
    calibration = calibration_of(card)
    faces = placed_faces(library, card)
    fresh = _fresh(faces, after or Changes())
    yield Progress("cluster", 0, int(fresh.sum()))
    # What was said since the last run may have made somebody of nobody's faces; in a small library that costs little.
    waiting = len(fresh) <= whole and bool((~faces.ignored & (faces.person_ids < 0)).any())
    if not fresh.any() and not waiting:
        return Growth()
    found = grouped_again(faces, fresh, full_constraints(library, faces), calibration, whole)
    growth = _write(library, faces, found, stand)
    yield Progress("cluster", int(fresh.sum()), int(fresh.sum()))
    return growth


def _fresh(faces: FaceVectors, after: Changes) -> NDArray[np.bool_]:
    """Mark the faces that wait to be grouped, (n,): new ones, and those whose ground has changed."""
    touched = np.isin(faces.face_ids, list(after.faces)) | np.isin(faces.person_ids, list(after.people))
    return ~faces.ignored & ~is_confirmed(faces) & ((faces.cluster_ids < 0) | touched)


def _write(library: Library, faces: FaceVectors, found: Arrival, stand: Stand) -> Growth:
    """Give the faces their people and clusters, in one transaction; forget whom nobody belongs to any more."""
    plan = _plan(faces, found)
    labels = _clusters(faces, found, stand)
    with library.write() as transaction:
        write_assignments(transaction, plan.assignments)
        write_clusters(transaction, faces.face_ids[found.rows], labels)
    forget_empty_people(library)
    joined = sum(person is not None for person in plan.assignments.moves.values())
    return Growth(joined, plan.people_created, int((found.labels < 0).sum()))


def _plan(faces: FaceVectors, found: Arrival) -> Regrouping:
    """Return who goes where; whoever was not looked at stays."""
    labels = np.full(len(faces.face_ids), -1, np.int64)
    labels[found.rows] = found.labels
    sources = faces.sources.copy()
    staying = np.ones(len(labels), bool)
    staying[found.rows] = False
    # The plan leaves confirmed faces where they are, and so it shall leave all of these.
    sources[staying] = SOURCE_CODES[Source.USER]
    return plan_regrouping(replace(faces, sources=sources), labels)


def _clusters(faces: FaceVectors, found: Arrival, stand: Stand) -> NDArray[np.int64]:
    """Return the new labels of the rows: a group's, or one of its own for a face alone; −1 while photos are read."""
    if stand is Stand.PROVISIONAL:
        return faces.cluster_ids[found.rows]
    labels: NDArray[np.int64] = found.labels.copy()
    alone = np.flatnonzero(labels < 0)
    labels[alone] = labels.max(initial=-1) + 1 + np.arange(len(alone))
    if len(labels) < len(faces.face_ids):
        labels += faces.cluster_ids.max(initial=-1) + 1
    return labels
