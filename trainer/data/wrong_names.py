"""Faces that may carry the wrong name: listed for the user, never renamed or left out here."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trainer.data.faces import LabelledFace, numbered
from trainer.data.shared_people import people_of

FEWEST_FACES = 3
"""Of two faces of one person that differ, nobody can say which is wrong."""

MEDOID_FACES = 2_000
"""A medoid is sought among at most this many faces of a person, spread evenly over it."""


@dataclass(frozen=True, slots=True)
class Suspect:
    """A face far from its person's medoid.

    `index` is its place among the faces. `similarity` is its cosine to the medoid of its own person; `other` is the
    person whose mean it is most like besides, with the cosine `other_similarity`; None and 0 where there is nobody.
    """

    index: int
    person: str
    similarity: float
    other: str | None
    other_similarity: float


def medoid(embeddings: NDArray[np.float32]) -> int:
    """Return the place of the face most like all others, among unit embeddings (n, dim), n ≥ 1."""
    places = np.unique(np.linspace(0, len(embeddings) - 1, min(len(embeddings), MEDOID_FACES)).astype(np.int64))
    # The mean cosine to all faces is the cosine to their sum: no n × n matrix is needed.
    likeness = embeddings[places] @ embeddings.sum(axis=0)
    return int(places[int(likeness.argmax())])


def find_suspects(faces: Sequence[LabelledFace], embeddings: NDArray[np.float32], least: float) -> list[Suspect]:
    """List the faces with a cosine below `least` to their person's medoid, the most doubtful first.

    `embeddings` (n, dim) are unit vectors in the faces' order. `least` depends on the model: its similarity at which
    1 in 1,000 pairs of different people pass is a fair start. Albums of fewer than three faces are passed over.
    """
    if len(embeddings) != len(faces):
        raise ValueError(f"There are {len(faces)} faces, but {len(embeddings)} embeddings.")
    names, labels = numbered(faces)
    means = people_of(faces, embeddings).means
    suspects: list[Suspect] = []
    for label, name in enumerate(names):
        own = np.flatnonzero(labels == label)
        if len(own) < FEWEST_FACES:
            continue
        centre = embeddings[own[medoid(embeddings[own])]]
        for index in own[embeddings[own] @ centre < least]:
            other, likeness = _nearest_other(embeddings[index], means, label)
            suspects.append(
                Suspect(
                    int(index),
                    name,
                    float(embeddings[index] @ centre),
                    None if other is None else names[other],
                    likeness,
                )
            )
    return sorted(suspects, key=lambda suspect: suspect.similarity)


def _nearest_other(
    embedding: NDArray[np.float32], means: NDArray[np.float32] | None, label: int
) -> tuple[int | None, float]:
    if means is None or len(means) < 2:
        return None, 0.0
    likeness = means @ embedding
    likeness[label] = -np.inf
    nearest = int(likeness.argmax())
    return nearest, float(likeness[nearest])
