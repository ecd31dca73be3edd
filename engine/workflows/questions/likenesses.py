"""How alike faces are, for whoever looks at them: within a person, among those that are nobody's, and to whom."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.clustering.agglomerate import average_linkage
from engine.clustering.clusters import Clusters
from engine.clustering.constraints import Constraints
from engine.clustering.default import by_size, cluster
from engine.clustering.likeness import Gallery
from engine.faces.quality import LOW_QUALITY
from engine.library.answers import named_people_ids, rejections
from engine.library.library import Library
from engine.library.vectors import FaceVectors
from engine.models.card import ModelCard
from engine.models.chosen import calibration_of
from engine.workflows.grouping.clustering_input import faces_at, placed_faces

LEAST_WEIGHT = 0.05
"""What a face counts in a mean, at least, however bad its quality."""

HARDLY_ANYBODY = 0.3
"""Below this quality a face starts no group: such faces are like each other because they are bad, one in a hundred
pairs of strangers more than 0.43. Of the 239 faces that were nobody's after a scan of 802 photos the worst made the two
largest groups (13 and 7 faces, on average 0.19 and 0.26 alike); the others were 0.37 to 0.89 alike."""

A_LITTLE = 0.1
"""Faces that are one person with this probability, at equal odds, still stand together for whoever looks."""

SHORTLIST = 20
"""People whose mean is nearest to some faces; only these are compared face by face."""

SPEAKERS = 64
"""Faces that speak for all of those whose person is looked for, at most."""


@dataclass(frozen=True, slots=True)
class Typicality:
    """How much each of a person's faces is like the others: `similarity` (n,) is the average cosine, −1 to 1.

    `face_ids` (n,) rise. Faces without an embedding by the model are not among them.
    """

    face_ids: NDArray[np.int64]
    similarity: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class UnsortedGroups:
    """Nobody's faces, (n,): those alike together, the largest group first, then those that are like no other.

    `labels` (n,) number the groups from 0, −1 for a face that is alone; of these the most alike stand together. `hard`
    (n,) marks, last of all, those alone of which little can be told: they are blurred, small, turned away or no faces.
    """

    face_ids: NDArray[np.int64]
    labels: NDArray[np.int64]
    hard: NDArray[np.bool_]


def typicality(library: Library, card: ModelCard, person: int) -> Typicality:
    """Compare each face of a person with the person's others, weighed by quality; a single face counts as 1."""
    faces = placed_faces(library, card)
    rows = np.flatnonzero((faces.person_ids == person) & ~faces.ignored)
    weights = np.maximum(faces.quality[rows], LEAST_WEIGHT)
    vectors = faces.vectors[rows]
    # The average over the others is that over all, less what the face itself adds to it.
    towards_all = vectors @ (vectors * weights[:, None]).sum(axis=0)
    others = weights.sum() - weights
    similarity = (towards_all - weights) / np.maximum(others, LEAST_WEIGHT)
    return Typicality(faces.face_ids[rows], np.where(others > 0, similarity, 1).astype(np.float32))


def unsorted_groups(library: Library, card: ModelCard) -> UnsortedGroups:
    """Group the faces that are nobody's and not ignored, as the default clustering does; nothing is written.

    Among themselves they may join where they could not in the whole library, and worse ones than elsewhere may start a
    group: somebody looks at what comes out. Only bad faces are no group: they are alike because they are bad. Raises
    ModelError where the card does not say what its similarities mean.
    """
    calibration = calibration_of(card)
    faces = placed_faces(library, card)
    rows = np.flatnonzero((faces.person_ids < 0) & ~faces.ignored)
    nobody = np.full(len(rows), -1, np.int64)
    said = Constraints(nobody, photos=faces.photo_ids[rows])
    quality = faces.quality[rows]
    seeds = quality >= HARDLY_ANYBODY
    young = None if faces.childlike is None else faces.childlike[rows]
    labels = cluster(
        faces.vectors[rows], calibration=calibration, constraints=said, seeds=seeds, childlike=young
    ).labels
    labels = by_size(np.where(_has_a_good_one(labels, quality), labels, -1), nobody)
    alone = np.flatnonzero(labels < 0)
    order = np.concatenate(
        [np.flatnonzero(labels >= 0), alone[_neighbourly(faces, rows[alone], calibration.similarity_of(A_LITTLE))]]
    )
    hard = (labels < 0) & (quality < LOW_QUALITY)
    order = order[np.argsort(np.where(labels[order] < 0, len(rows) + hard[order], labels[order]), kind="stable")]
    return UnsortedGroups(faces.face_ids[rows][order], labels[order], hard[order])


def _has_a_good_one(labels: NDArray[np.int64], quality: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Mark the faces (n,) in groups of which at least one face is good enough to found a group anywhere."""
    good = np.zeros(int(labels.max(initial=-1)) + 2, bool)
    good[labels[quality >= LOW_QUALITY]] = True
    return np.asarray((labels >= 0) & good[labels], np.bool_)


def likely_people(library: Library, card: ModelCard, face_ids: Collection[int], limit: int = 8) -> list[int]:
    """Return the named people whom these faces resemble most, the likeliest first; nobody whom all were refused for."""
    faces = placed_faces(library, card)
    asked = np.flatnonzero(np.isin(faces.face_ids, list(face_ids)))
    asked = asked[np.arange(min(len(asked), SPEAKERS)) * len(asked) // max(min(len(asked), SPEAKERS), 1)]
    known = np.isin(faces.person_ids, named_people_ids(library)) & ~faces.ignored
    known[asked] = False
    if not len(asked) or not known.any():
        return []
    theirs = np.flatnonzero(known)
    gallery = Gallery(faces_at(faces, theirs), faces.person_ids[theirs])
    towards = gallery.means() @ faces.vectors[asked].mean(axis=0)
    near = gallery.people[np.argsort(-towards, kind="stable")[:SHORTLIST]]
    near = near[~np.isin(near, _refused_by_all(library, face_ids))]
    pairs = gallery.likeness(faces_at(faces, np.tile(asked, len(near))), np.repeat(near, len(asked)))
    scores = pairs.reshape(len(near), len(asked)).mean(axis=1)
    return [int(person) for person in near[np.argsort(-scores, kind="stable")][:limit]]


def _refused_by_all(library: Library, face_ids: Collection[int]) -> NDArray[np.int64]:
    """Return the people for whom every one of these faces was refused."""
    said = rejections(library)
    people, times = np.unique(said[np.isin(said[:, 0], list(face_ids)), 1], return_counts=True)
    rejected: NDArray[np.int64] = people[times == len(set(face_ids))]
    return rejected


def _neighbourly(faces: FaceVectors, rows: NDArray[np.intp], lowest: float) -> NDArray[np.intp]:
    """Return an order of these rows in which faces that are on average this similar stand together."""
    if len(rows) < 3:
        return np.arange(len(rows))
    clusters = Clusters(faces.vectors[rows], np.maximum(faces.quality[rows], LEAST_WEIGHT), np.arange(len(rows)))
    average_linkage(clusters, lambda _left: lowest)
    labels = by_size(clusters.labels, np.full(len(rows), -1, np.int64))
    return np.argsort(np.where(labels < 0, len(rows), labels), kind="stable")
