"""Proposals for a person who is several: from a few faces that are wrong, or from how many people it is."""

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from engine.clustering.kmeans import KMeansOptions, kmeans_labels, propose_k
from engine.clustering.split import propose_split
from engine.errors import LibraryError, UsageError
from engine.library.library import Library
from engine.library.vectors import FaceVectors
from engine.models.card import ModelCard
from engine.words import sentence
from engine.workflows.grouping.clustering_input import faces_at, placed_faces

MOST_PARTS = 12
"""The most people that one is proposed to be."""


def propose_leaving(library: Library, card: ModelCard, person: int, wrong: Collection[int]) -> list[int]:
    """Return the ids of the person's faces that go with the wrong ones, these among them.

    Nothing is written; `edits.split_off` does it. Raises UsageError for fewer than two wrong faces, LibraryError where
    one is not the person's.
    """
    if len(set(wrong)) < 2:
        raise UsageError(
            sentence("A split begins with two or more wrong faces."),
            sentence("Name another one that is the same stranger."),
        )
    faces, rows = _faces_of(library, card, person)
    ids = faces.face_ids[rows]
    for face in wrong:
        if face not in ids:
            raise LibraryError(
                sentence("Face {face} is not one of person {person}.", face=face, person=person),
                sentence("`kinfolk faces --person` lists them."),
            )
    leaving = propose_split(faces_at(faces, rows), np.flatnonzero(np.isin(ids, list(wrong))))
    return [int(face) for face in ids[leaving]]


def propose_parts(library: Library, card: ModelCard, person: int, count: int | None = None) -> list[list[int]]:
    """Divide the person's faces into `count` parts by k-means and return their face ids, the largest part first.

    Without a count it is proposed by silhouette; one part means that nothing speaks for a split.
    """
    faces, rows = _faces_of(library, card, person)
    vectors = faces.vectors[rows]
    wanted = propose_k(vectors, MOST_PARTS) if count is None else count
    if not 1 <= wanted <= len(rows):
        raise UsageError(
            sentence("Person {person} has {faces} faces.", person=person, faces=len(rows)),
            sentence("Ask for 1 part up to as many as there are faces."),
        )
    labels = kmeans_labels(vectors, KMeansOptions(wanted))
    parts = [[int(face) for face in faces.face_ids[rows][labels == label]] for label in np.unique(labels)]
    return sorted(parts, key=lambda part: (-len(part), part))


def _faces_of(library: Library, card: ModelCard, person: int) -> tuple[FaceVectors, NDArray[np.intp]]:
    faces = placed_faces(library, card)
    rows = np.flatnonzero((faces.person_ids == person) & ~faces.ignored)
    if not len(rows):
        raise LibraryError(
            sentence("There is no person {person} with faces.", person=person), sentence("`kinfolk people` lists them.")
        )
    return faces, rows
