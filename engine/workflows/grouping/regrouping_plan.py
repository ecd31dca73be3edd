"""From the labels of a clustering run to people: what would change, before anything does. Arrays in, a plan out."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.clustering.pairs import distinct_pairs
from engine.library.clusters import Assignments
from engine.library.states import SOURCE_CODES, Source
from engine.library.vectors import FaceVectors

NOBODY = -1


@dataclass(frozen=True, slots=True)
class Regrouping:
    """What accepting a clustering would do.

    `people_created` get their first face, `people_joined` lose all their faces to others, the faces of `people_split`
    end with more than one person. `faces_moved` change their person, of which `faces_unsorted` end with none.
    `confirmed_touched` counts faces that somebody confirmed and that would move; it is 0 or the plan is wrong.
    """

    face_ids: NDArray[np.int64]
    labels: NDArray[np.int64]
    assignments: Assignments
    people_created: int
    people_joined: int
    people_split: int
    faces_moved: int
    faces_unsorted: int
    confirmed_touched: int


def is_confirmed(faces: FaceVectors) -> NDArray[np.bool_]:
    """Return (n,): whether a person said who the face is."""
    return faces.sources >= SOURCE_CODES[Source.METADATA]


def plan_regrouping(faces: FaceVectors, labels: NDArray[np.int64]) -> Regrouping:
    """Give every cluster a person and list what would change; labels (n,) int64 are those of `faces`, −1 for alone.

    A cluster with confirmed faces is the person they were confirmed as; the labels must not join two such people. The
    others keep the unnamed person with whom they share most faces, each person once, so that people stay themselves;
    clusters that are left over become new people. Confirmed and ignored faces stay where they are.
    """
    confirmed = is_confirmed(faces)
    movable = ~confirmed & ~faces.ignored
    owners = _owners(faces, labels, confirmed)
    wanted = np.where(labels >= 0, owners[labels], NOBODY) if len(owners) else np.full(len(labels), NOBODY)
    founding = (labels >= 0) & movable & (wanted == NOBODY)
    groups = [faces.face_ids[founding & (labels == label)].tolist() for label in np.unique(labels[founding]).tolist()]
    # New people get numbers below −1 until the library gives them ids.
    final = np.where(founding, -2 - labels, wanted)
    final = np.where(movable, final, faces.person_ids)
    moved = final != faces.person_ids
    leaving = moved & ~founding
    moves = {
        int(face): None if person == NOBODY else int(person)
        for face, person in zip(faces.face_ids[leaving], final[leaving], strict=True)
    }
    return Regrouping(
        face_ids=faces.face_ids,
        labels=labels,
        assignments=Assignments(moves, groups),
        people_created=len(groups),
        people_joined=_joined(faces.person_ids, final),
        people_split=_split(faces.person_ids, final),
        faces_moved=int(moved.sum()),
        faces_unsorted=int((moved & (final == NOBODY)).sum()),
        confirmed_touched=int((moved & confirmed).sum()),
    )


def _owners(faces: FaceVectors, labels: NDArray[np.int64], confirmed: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return (number of labels,): the person of each cluster, NOBODY where a new one is needed."""
    owners = np.full(labels.max(initial=-1) + 1, NOBODY, np.int64)
    said = confirmed & (labels >= 0) & (faces.person_ids >= 0)
    owners[labels[said]] = faces.person_ids[said]
    taken = set(owners[owners != NOBODY].tolist()) | set(faces.person_ids[confirmed].tolist())
    for label, person in _by_shared_faces(faces, labels, confirmed):
        if owners[label] == NOBODY and person not in taken:
            owners[label] = person
            taken.add(person)
    return owners


def _by_shared_faces(
    faces: FaceVectors, labels: NDArray[np.int64], confirmed: NDArray[np.bool_]
) -> Iterable[tuple[int, int]]:
    """Yield (label, person) pairs that share faces, those with most first."""
    open_to_all = ~confirmed & ~faces.ignored & (labels >= 0) & (faces.person_ids >= 0)
    found, counts = distinct_pairs(labels[open_to_all], faces.person_ids[open_to_all])
    for place in np.argsort(-counts, kind="stable").tolist():
        yield int(found[place, 0]), int(found[place, 1])


def _joined(before: NDArray[np.int64], after: NDArray[np.int64]) -> int:
    """Count people who had faces and have none afterwards, while their faces went to others."""
    gone = set(before[before >= 0].tolist()) - set(after[after >= 0].tolist())
    return sum(bool((after[before == person] != NOBODY).any()) for person in gone)


def _split(before: NDArray[np.int64], after: NDArray[np.int64]) -> int:
    """Count people whose faces end with more than one person."""
    kept = (before >= 0) & (after != NOBODY)
    pairs, _ = distinct_pairs(before[kept], after[kept])
    _, ends = np.unique(pairs[:, 0], return_counts=True)
    return int((ends > 1).sum())


def confirmed_apart(faces: FaceVectors, labels: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the labels with every cluster divided that holds confirmed faces of several people.

    Each of its faces goes with the person of it whose confirmed faces there are most similar on average.
    """
    labels = labels.copy()
    said = is_confirmed(faces) & (labels >= 0)
    pairs, _ = distinct_pairs(labels[said], faces.person_ids[said])
    mixed, counts = np.unique(pairs[:, 0], return_counts=True)
    for label in mixed[counts > 1].tolist():
        members = np.flatnonzero(labels == label)
        people = pairs[pairs[:, 0] == label, 1]
        means = np.stack(
            [faces.vectors[said & (labels == label) & (faces.person_ids == one)].mean(0) for one in people]
        )
        nearest = (faces.vectors[members] @ means.T).argmax(axis=1)
        # Confirmed faces stay with their person, however the others look.
        own = said[members]
        nearest[own] = np.searchsorted(people, faces.person_ids[members[own]])
        labels[members] = labels.max() + 1 + nearest
    return labels
