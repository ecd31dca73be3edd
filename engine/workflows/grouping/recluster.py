"""After a scan, and while it runs: new faces are grouped among themselves and with everybody whom they touch.

What the machine grouped is at disposal, so the order in which photos come does not matter. What somebody confirmed
stays where it is. People who are found while photos are still being read are provisional: their faces get no cluster,
and so count as new again until a scan has come to its end.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from engine.library.clusters import forget_empty_people, is_all_grouped, write_assignments, write_clusters, write_doubts
from engine.library.library import Library
from engine.library.states import SOURCE_CODES, Source
from engine.library.vectors import FaceVectors
from engine.models.card import ModelCard
from engine.models.chosen import calibration_of
from engine.progress import Progress, Workflow
from engine.similarity import Calibration
from engine.workflows.grouping.arrival import ALL_UP_TO, Arrival, grouped_again
from engine.workflows.grouping.certainty import certainty
from engine.workflows.grouping.clustering_input import full_constraints, loaded_faces
from engine.workflows.grouping.regrouping_plan import NOBODY, Regrouping, is_confirmed, plan_regrouping


class Stand(Enum):
    """How long new people are meant to stand: until more has been read, or for good."""

    PROVISIONAL = "provisional"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class Growth:
    """What one run came to: faces that joined somebody, people founded, faces that are nobody's of those looked at.

    `left` counts the faces that were somebody's and are nobody's now.
    """

    joined: int = 0
    founded: int = 0
    unsorted: int = 0
    left: int = 0


def recluster(
    library: Library,
    card: ModelCard,
    stand: Stand = Stand.FINAL,
    *,
    whole: int = ALL_UP_TO,
    ungrouped: Collection[int] | None = None,
) -> Workflow[Growth]:
    """Group the faces that wait to be grouped with all that they touch: new ones, and those that lost their ground.

    Confirmed and ignored faces stay where they are; rejections are respected. Groups keep the unnamed person with whom
    they share most faces. Up to `whole` faces everything is looked at; in a larger library the cost grows with the
    number of faces that wait. `ungrouped` is what `ungrouped_faces` gave, where that is known. Raises ModelError where
    the card says nothing about what its similarities mean.
    """
    calibration = calibration_of(card)
    if is_all_grouped(library, card.key, whole, ungrouped):
        yield Progress("cluster", 0, 0)
        return Growth()
    faces = yield from loaded_faces(library, card)
    fresh = ~faces.ignored & ~is_confirmed(faces) & (faces.cluster_ids < 0)
    yield Progress("cluster", 0, int(fresh.sum()))
    # What was said since the last run may have made somebody of nobody's faces; in a small library that costs little.
    waiting = len(fresh) <= whole and bool((~faces.ignored & (faces.person_ids < 0)).any())
    if not fresh.any() and not waiting:
        return Growth()
    found = yield from grouped_again(faces, fresh, full_constraints(library, faces, card), calibration, whole)
    growth = _write(library, faces, found, stand, calibration)
    yield Progress("cluster", int(fresh.sum()), int(fresh.sum()))
    return growth


def _write(library: Library, faces: FaceVectors, found: Arrival, stand: Stand, calibration: Calibration) -> Growth:
    """Give the faces their people and clusters, in one transaction; forget whom nobody belongs to any more."""
    plan = _plan(faces, found)
    labels = _clusters(faces, found, stand)
    doubtful = _doubtful(faces, plan, calibration)
    with library.write() as transaction:
        write_assignments(transaction, plan.assignments)
        write_clusters(transaction, faces.face_ids[found.rows], labels)
        write_doubts(transaction, faces.face_ids, doubtful)
    forget_empty_people(library)
    joined = sum(person is not None for person in plan.assignments.moves.values())
    return Growth(joined, plan.people_created, int((found.labels < 0).sum()), plan.faces_unsorted)


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


def _doubtful(faces: FaceVectors, plan: Regrouping, calibration: Calibration) -> NDArray[np.bool_]:
    """Mark the faces (n,) that are with somebody whom a person confirmed, and of which the machine is not sure."""
    moves = plan.assignments.moves
    moved = np.isin(faces.face_ids, list(moves))
    people = faces.person_ids.copy()
    people[moved] = [moves[face] or NOBODY for face in faces.face_ids[moved].tolist()]
    founding = [face for group in plan.assignments.groups for face in group]
    people[np.isin(faces.face_ids, founding)] = NOBODY
    found = certainty(faces, people, is_confirmed(faces), calibration)
    return np.asarray(~np.isnan(found.likely) & ~found.sure, np.bool_)


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
