"""After a scan: faces without a person join one or found new ones. Nothing that has a person moves."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.clustering.constraints import Constraints
from engine.clustering.default import cluster
from engine.clustering.votes import Known, vote
from engine.faces.quality import LOW_QUALITY
from engine.library.clusters import Assignments, assign_faces, store_clusters
from engine.library.library import Library
from engine.library.vectors import FaceVectors, face_vectors, rejections
from engine.models.card import ModelCard
from engine.progress import Progress, Workflow
from engine.similarity import Calibration
from engine.workflows.models import calibration_of
from engine.workflows.regrouping import is_confirmed
from engine.workflows.statements import faces_at, refused_rows


@dataclass(frozen=True, slots=True)
class Growth:
    """What one run added: faces that joined somebody, people founded, faces that wait as unsorted."""

    joined: int = 0
    founded: int = 0
    unsorted: int = 0


def recluster(library: Library, card: ModelCard) -> Workflow[Growth]:
    """Group the faces that have no person, by the embeddings of the card's model.

    First they join people by the vote of the faces they resemble, then those that are left found new people (or join
    after all, as a group). Faces with a person stay with it, whoever put them there; rejections and ignored faces are
    respected. The cost grows with the number of people and of faces without one, not with the library. Raises
    ModelError where the card says nothing about what its similarities mean.
    """
    calibration = calibration_of(card)
    faces = face_vectors(library, card.name)
    loose = np.flatnonzero(~faces.ignored & (faces.person_ids < 0))
    yield Progress("cluster", 0, len(loose))
    if not len(loose):
        return Growth()
    refused = rejections(library)
    owners = _vote(faces, loose, refused, calibration)
    left = loose[owners < 0]
    yield Progress("cluster", len(loose) - len(left), len(loose))
    # Who has just joined counts as settled: nobody else of the same photo may join the same person.
    person_ids = faces.person_ids.copy()
    person_ids[loose] = owners
    labels, people = _group(replace(faces, person_ids=person_ids), left, refused, calibration)
    growth = _write(library, faces, _Found(loose, owners, left, labels, people))
    yield Progress("cluster", len(loose), len(loose))
    return growth


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found: the person that each loose face voted for (−1: none), and the labels of those that were left.

    `people` gives the person of each label, −1 for a new one.
    """

    loose: NDArray[np.intp]
    owners: NDArray[np.int64]
    left: NDArray[np.intp]
    labels: NDArray[np.int64]
    people: NDArray[np.int64]


def _vote(
    faces: FaceVectors, loose: NDArray[np.intp], refused: NDArray[np.int64], calibration: Calibration
) -> NDArray[np.int64]:
    """Return the person of each loose face, −1 where nobody is like it clearly enough."""
    settled = np.flatnonzero(~faces.ignored & (faces.person_ids >= 0))
    known = Known(faces_at(faces, settled), faces.person_ids[settled], is_confirmed(faces)[settled])
    said = refused_rows(refused, faces.face_ids[loose])
    return vote(faces_at(faces, loose), known, calibration=calibration, refused=said).people


def _group(
    faces: FaceVectors, loose: NDArray[np.intp], refused: NDArray[np.int64], calibration: Calibration
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Cluster people, each as the mean of its faces, with the loose faces that recognised nobody.

    Returns the labels of the loose faces and, for every label, the person it is (−1: a new one). In average linkage a
    mean with the weight of its faces stands for all of them, so groups of loose faces meet people at the same cut at
    which they meet each other. What the vote saw face by face is not looked at again.
    """
    settled = np.flatnonzero(~faces.ignored & (faces.person_ids >= 0))
    people, place = np.unique(faces.person_ids[settled], return_inverse=True)
    weights = np.bincount(place, minlength=len(people))
    means = np.zeros((len(people), faces.vectors.shape[1]), np.float32)
    np.add.at(means, place, faces.vectors[settled])
    means /= np.maximum(weights, 1)[:, None]
    result = cluster(
        np.concatenate([means, faces.vectors[loose]]),
        calibration=calibration,
        constraints=_constraints(faces, settled, loose, people, refused),
        quality=np.concatenate([weights, np.ones(len(loose))]).astype(np.float32),
        seeds=np.concatenate([np.ones(len(people), bool), faces.quality[loose] >= LOW_QUALITY]),
    )
    owners = np.full(result.labels.max(initial=-1) + 1, -1, np.int64)
    owners[result.labels[: len(people)]] = people
    return result.labels[len(people) :], owners


def _constraints(
    faces: FaceVectors,
    settled: NDArray[np.intp],
    loose: NDArray[np.intp],
    people: NDArray[np.int64],
    refused: NDArray[np.int64],
) -> Constraints:
    """Link every person's row to itself, and keep apart what shares a photo or was refused."""
    groups = np.concatenate([people, np.full(len(loose), -1)])
    photos = np.concatenate([np.full(len(people), -1), faces.photo_ids[loose]])
    return Constraints(
        groups=groups.astype(np.int64),
        apart=_seen_together(faces, settled, loose, people),
        refused=refused_rows(refused, faces.face_ids[loose], len(people)),
        photos=photos.astype(np.int64),
    )


def _seen_together(
    faces: FaceVectors, settled: NDArray[np.intp], loose: NDArray[np.intp], people: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return (person row, loose row) for every person who has a face in the photo of a loose one."""
    rows_by_photo: dict[int, list[int]] = {}
    for row, photo in enumerate(faces.photo_ids[loose].tolist()):
        rows_by_photo.setdefault(photo, []).append(len(people) + row)
    beside = settled[np.isin(faces.photo_ids[settled], list(rows_by_photo))]
    places = np.searchsorted(people, faces.person_ids[beside])
    pairs = [
        (int(place), row)
        for place, photo in zip(places, faces.photo_ids[beside].tolist(), strict=True)
        for row in rows_by_photo[photo]
    ]
    return np.array(pairs, np.int64).reshape(-1, 2)


def _write(library: Library, faces: FaceVectors, found: _Found) -> Growth:
    """Store labels that nobody has yet, and give the faces to their people."""
    owners = found.owners.copy()
    grouped = np.flatnonzero(owners < 0)[found.labels >= 0]
    owners[grouped] = found.people[found.labels[found.labels >= 0]]
    labels = np.full(len(found.loose), -1, np.int64)
    labels[grouped] = found.labels[found.labels >= 0] + faces.cluster_ids.max(initial=-1) + 1
    joining = owners >= 0
    labels[joining] = _cluster_of(faces, owners[joining], labels[joining])
    ids = faces.face_ids[found.loose]
    store_clusters(library, ids, labels)
    moves = dict(zip(ids[joining].tolist(), owners[joining].tolist(), strict=True))
    founding = (labels >= 0) & ~joining
    groups = [ids[labels == label].tolist() for label in np.unique(labels[founding]).tolist()]
    assign_faces(library, Assignments(moves, groups))
    return Growth(len(moves), len(groups), int((labels < 0).sum()))


def _cluster_of(faces: FaceVectors, people: NDArray[np.int64], labels: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the cluster of each person's first clustered face, or the label of the face itself where there is none."""
    clustered = np.flatnonzero((faces.cluster_ids >= 0) & (faces.person_ids >= 0))
    known, first = np.unique(faces.person_ids[clustered], return_index=True)
    places = np.minimum(np.searchsorted(known, people), max(len(known) - 1, 0))
    if not len(known):
        return labels
    return np.where(known[places] == people, faces.cluster_ids[clustered[first[places]]], labels)
