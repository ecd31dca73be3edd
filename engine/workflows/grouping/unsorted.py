"""Where faces without a person belong: to somebody whom they resemble, or together. Arrays in, arrays out."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.clustering.constraints import Constraints
from engine.clustering.default import cluster
from engine.clustering.sums import sums_by
from engine.clustering.votes import Known, vote
from engine.faces.quality import LOW_QUALITY
from engine.library.vectors import FaceVectors
from engine.progress import Progress, Workflow
from engine.similarity import Calibration
from engine.workflows.grouping.clustering_input import all_faces, faces_at, refused_rows
from engine.workflows.grouping.regrouping_plan import is_confirmed


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: the person that each loose row voted for (−1: none), and the labels of those that were `left`.

    `people` gives the person of each label, −1 for a new one.
    """

    loose: NDArray[np.intp]
    owners: NDArray[np.int64]
    left: NDArray[np.intp]
    labels: NDArray[np.int64]
    people: NDArray[np.int64]

    def destinations(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return, for each loose face, the person that it joins and the label of its group, −1 where there is none."""
        owners, labels = self.owners.copy(), np.full(len(self.loose), -1, np.int64)
        grouped = np.flatnonzero(owners < 0)[self.labels >= 0]
        labels[grouped] = self.labels[self.labels >= 0]
        owners[grouped] = self.people[labels[grouped]]
        return owners, labels


def find_people(
    faces: FaceVectors, loose: NDArray[np.intp], refused: NDArray[np.int64], calibration: Calibration
) -> Workflow[Found]:
    """Say where the loose rows of `faces`, which have no person, belong; `refused` (r, 2) holds (face id, person)."""
    yield Progress("cluster", 0, len(loose))
    owners = _vote(faces, loose, refused, calibration)
    left = loose[owners < 0]
    yield Progress("cluster", len(loose) - len(left), len(loose))
    # Who has just joined counts as settled: nobody else of the same photo may join the same person.
    person_ids = faces.person_ids.copy()
    person_ids[loose] = owners
    labels, people = _group(replace(faces, person_ids=person_ids), left, refused, calibration)
    return Found(loose, owners, left, labels, people)


def _vote(
    faces: FaceVectors, loose: NDArray[np.intp], refused: NDArray[np.int64], calibration: Calibration
) -> NDArray[np.int64]:
    """Return the person of each loose face, −1 where nobody is like it clearly enough."""
    settled = ~faces.ignored & (faces.person_ids >= 0)
    known = Known(all_faces(faces), np.where(settled, faces.person_ids, -1), is_confirmed(faces))
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
    means = sums_by(faces.vectors, settled, place, len(people), np.ones(len(settled), np.float32))
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
