"""Identities of the training set that occur in a test set: found by name and by likeness, listed, and taken out.

The idea of DeepGlint's unoverlapped training lists: a figure on a test set means something only if nobody in it was
trained on.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from trainer.data.faces import Indices, LabelledFace

LEAST_LIKENESS = 0.6
"""Cosine of two people's mean embeddings from which on they are taken for one. Measured with SFace on 150 people of
LFW, means of two or three faces: one person's two means reach at least 0.73, two people's at most 0.52."""


class Reason(StrEnum):
    """Why a training identity is held to be in the test set."""

    NAME = "name"
    LIKENESS = "likeness"


@dataclass(frozen=True, slots=True)
class Overlap:
    """One identity in both sets. `similarity` is the cosine of the mean embeddings, None where none were given."""

    training: str
    test: str
    reason: Reason
    similarity: float | None


@dataclass(frozen=True, slots=True)
class People:
    """Names (n,), and for each the mean of its unit embeddings as a unit vector (n, dim), or None."""

    names: tuple[str, ...]
    means: NDArray[np.float32] | None = None


def people_of(faces: Sequence[LabelledFace], embeddings: NDArray[np.float32] | None = None) -> People:
    """Gather the people of labelled faces; `embeddings` (n, dim) are unit vectors in the faces' order."""
    names, labels = np.unique([face.person for face in faces], return_inverse=True)
    titles = tuple(str(name) for name in names)
    if embeddings is None:
        return People(titles)
    if len(embeddings) != len(faces):
        raise ValueError(f"There are {len(faces)} faces, but {len(embeddings)} embeddings.")
    sums = np.zeros((len(names), embeddings.shape[1]), dtype=np.float64)
    np.add.at(sums, labels, embeddings)
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    return People(titles, (sums / np.maximum(lengths, 1e-12)).astype(np.float32))


def plain_name(name: str) -> str:
    """Return a name without case, accents, underscores, punctuation and order of its words."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    kept = "".join(letter if letter.isalnum() else " " for letter in letters if not unicodedata.combining(letter))
    return " ".join(sorted(kept.split()))


def find_overlaps(training: People, test: People, least: float = LEAST_LIKENESS) -> list[Overlap]:
    """Return every training identity that is in the test set too, once each, by name before by likeness.

    Names that are numbers alone, as in record files, mean nothing across sets and are not compared.
    """
    by_name = {plain_name(name): place for place, name in enumerate(test.names) if not name.isdigit()}
    similarities = None
    if training.means is not None and test.means is not None:
        similarities = training.means @ test.means.T
    found: list[Overlap] = []
    for place, name in enumerate(training.names):
        row = None if similarities is None else similarities[place]
        namesake = by_name.get(plain_name(name)) if plain_name(name) else None
        if namesake is not None:
            likeness = None if row is None else float(row[namesake])
            found.append(Overlap(name, test.names[namesake], Reason.NAME, likeness))
        elif row is not None and row.max() >= least:
            nearest = int(row.argmax())
            found.append(Overlap(name, test.names[nearest], Reason.LIKENESS, float(row[nearest])))
    return found


def without_overlaps(faces: Sequence[LabelledFace], overlaps: Sequence[Overlap]) -> Indices:
    """Return the indices of the training faces that remain, rising."""
    gone = {overlap.training for overlap in overlaps}
    return np.array([index for index, face in enumerate(faces) if face.person not in gone], dtype=np.int64)
