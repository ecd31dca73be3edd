"""After a scan, and while it runs: faces without a person join one or found new ones.

Nothing moves that was grouped by a scan that came to its end, or of whose person somebody has said anything. People
who are found while photos are still being read are provisional: their faces get no cluster, which is how they are
known, and are grouped anew together with what is read later, also by the scan after one that was cancelled.
"""

from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from engine.library.answers import distinct_people, hidden_people_ids, named_people_ids, rejections
from engine.library.clusters import Assignments, forget_empty_people, write_assignments, write_clusters
from engine.library.library import Library
from engine.library.states import SOURCE_CODES, Source
from engine.library.vectors import FaceVectors, face_vectors
from engine.models.card import ModelCard
from engine.models.chosen import calibration_of
from engine.progress import Progress, Workflow
from engine.workflows.grouping.regrouping_plan import is_confirmed, plan_regrouping
from engine.workflows.grouping.unsorted import Found, find_people


class Stand(Enum):
    """How long new people are meant to stand: until more has been read, or for good."""

    PROVISIONAL = "provisional"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class Growth:
    """What one run added: faces that joined somebody, people founded, faces that wait as unsorted."""

    joined: int = 0
    founded: int = 0
    unsorted: int = 0


def recluster(library: Library, card: ModelCard, stand: Stand = Stand.FINAL) -> Workflow[Growth]:
    """Group the faces that have no person, or a provisional one, by the embeddings of the card's model.

    First they join people by the vote of the faces they resemble, then those that are left found new people (or join
    after all, as a group). Provisional people stay themselves by the faces they share with what comes of it. All other
    faces with a person stay with it, whoever put them there; rejections and ignored faces are respected. The cost grows
    with the number of people and of faces to be grouped, not with the library. Raises ModelError where the card says
    nothing about what its similarities mean.
    """
    calibration = calibration_of(card)
    faces = face_vectors(library, card.name)
    # Who has a provisional person is looked at as one who has none.
    settled = replace(faces, person_ids=np.where(_provisional(library, faces), -1, faces.person_ids))
    loose = np.flatnonzero(~faces.ignored & (settled.person_ids < 0))
    if not len(loose):
        yield Progress("cluster", 0, 0)
        return Growth()
    found = yield from find_people(settled, loose, rejections(library), calibration)
    _write(library, faces, found, stand)
    yield Progress("cluster", len(loose), len(loose))
    return _growth(found)


def _provisional(library: Library, faces: FaceVectors) -> NDArray[np.bool_]:
    """Return (n,): which faces have a person who was found while a scan ran, and of whom nobody has spoken since."""
    settled = [
        faces.person_ids[(faces.cluster_ids >= 0) | is_confirmed(faces)],
        named_people_ids(library),
        hidden_people_ids(library),
        rejections(library)[:, 1],
        distinct_people(library).ravel(),
    ]
    return (faces.person_ids >= 0) & ~np.isin(faces.person_ids, np.concatenate(settled))


def _growth(found: Found) -> Growth:
    owners, labels = found.destinations()
    joined, founding = owners >= 0, (owners < 0) & (labels >= 0)
    return Growth(int(joined.sum()), len(np.unique(labels[founding])), int((~joined & ~founding).sum()))


def _write(library: Library, faces: FaceVectors, found: Found, stand: Stand) -> None:
    """Give the loose faces their people and clusters, in one transaction; forget whom nobody belongs to any more."""
    assignments = _assignments(faces, found)
    labels = _clusters(faces, found, stand)
    with library.write() as transaction:
        write_assignments(transaction, assignments)
        write_clusters(transaction, faces.face_ids[found.loose], labels)
    if (faces.person_ids[found.loose] >= 0).any():
        forget_empty_people(library)


def _assignments(faces: FaceVectors, found: Found) -> Assignments:
    """Return who goes where; a group keeps the provisional person with whom it shares most faces."""
    owners, labels = found.destinations()
    staying = np.setdiff1d(np.flatnonzero(faces.person_ids >= 0), found.loose)
    joining, founding = owners >= 0, (owners < 0) & (labels >= 0)
    people, places = np.unique(np.concatenate([faces.person_ids[staying], owners[joining]]), return_inverse=True)
    # One label for each person who stays, and behind these one for each group.
    wanted = np.full(len(faces.face_ids), -1, np.int64)
    wanted[staying] = places[: len(staying)]
    wanted[found.loose[joining]] = places[len(staying) :]
    wanted[found.loose[founding]] = len(people) + labels[founding]
    # The plan leaves confirmed faces where they are, and so it shall leave all of these.
    sources = faces.sources.copy()
    sources[staying] = SOURCE_CODES[Source.USER]
    return plan_regrouping(replace(faces, sources=sources), wanted).assignments


def _clusters(faces: FaceVectors, found: Found, stand: Stand) -> NDArray[np.int64]:
    """Return labels for the loose faces that nobody has yet; one that joins a person gets the person's."""
    owners, labels = found.destinations()
    labels[labels >= 0] += faces.cluster_ids.max(initial=-1) + 1
    joining = owners >= 0
    labels[joining] = _cluster_of(faces, owners[joining], labels[joining])
    if stand is Stand.PROVISIONAL:
        labels[~joining] = -1
    return labels


def _cluster_of(faces: FaceVectors, people: NDArray[np.int64], labels: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the cluster of each person's first clustered face, or the label of the face itself where there is none."""
    clustered = np.flatnonzero((faces.cluster_ids >= 0) & (faces.person_ids >= 0))
    known, first = np.unique(faces.person_ids[clustered], return_index=True)
    places = np.minimum(np.searchsorted(known, people), max(len(known) - 1, 0))
    if not len(known):
        return labels
    return np.where(known[places] == people, faces.cluster_ids[clustered[first[places]]], labels)
