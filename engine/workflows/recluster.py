"""After a scan: faces without a person join one or found new ones. Nothing that has a person moves."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.clustering.constraints import Constraints
from engine.clustering.default import cluster
from engine.faces.quality import LOW_QUALITY
from engine.library.clusters import Assignments, assign_faces, store_clusters
from engine.library.library import Library
from engine.library.vectors import FaceVectors, face_vectors, rejections
from engine.models.card import ModelCard
from engine.progress import Progress, Workflow
from engine.similarity import Calibration
from engine.workflows.models import calibration_of
from engine.workflows.statements import refused_rows


@dataclass(frozen=True, slots=True)
class Growth:
    """What one run added: faces that joined somebody, people founded, faces that wait as unsorted."""

    joined: int = 0
    founded: int = 0
    unsorted: int = 0


def recluster(library: Library, card: ModelCard) -> Workflow[Growth]:
    """Group the faces that have no person, by the embeddings of the card's model.

    Faces with a person stay with it, whoever put them there; rejections and ignored faces are respected. The cost
    grows with the number of people and of faces without one, not with the library. Raises ModelError where the card
    says nothing about what its similarities mean.
    """
    calibration = calibration_of(card)
    faces = face_vectors(library, card.name)
    loose = np.flatnonzero(~faces.ignored & (faces.person_ids < 0))
    yield Progress("cluster", 0, len(loose))
    if not len(loose):
        return Growth()
    labels, people = _group(faces, loose, rejections(library), calibration)
    growth = _write(library, faces, loose, labels, people)
    yield Progress("cluster", len(loose), len(loose))
    return growth


def _group(
    faces: FaceVectors, loose: NDArray[np.intp], refused: NDArray[np.int64], calibration: Calibration
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Cluster people, each as the mean of its faces, with the loose faces.

    Returns the labels of the loose faces and, for every label, the person it is (−1: a new one). In average linkage a
    mean with the weight of its faces stands for them exactly, so this equals clustering all faces with everybody's
    faces linked.
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


def _write(
    library: Library,
    faces: FaceVectors,
    loose: NDArray[np.intp],
    labels: NDArray[np.int64],
    people: NDArray[np.int64],
) -> Growth:
    """Store the labels under numbers that nobody has yet, and give the faces to their people."""
    first_free = int(faces.cluster_ids.max(initial=-1)) + 1
    ids = faces.face_ids[loose]
    store_clusters(library, ids, np.where(labels >= 0, labels + first_free, -1))
    joining = labels >= 0
    owners = np.full(len(labels), -1, np.int64)
    owners[joining] = people[labels[joining]]
    moves = dict(zip(ids[owners >= 0].tolist(), owners[owners >= 0].tolist(), strict=True))
    groups = [ids[labels == label].tolist() for label in np.flatnonzero(people < 0).tolist()]
    assign_faces(library, Assignments(moves, groups))
    return Growth(len(moves), len(groups), int((~joining).sum()))
