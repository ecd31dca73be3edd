"""Questions with what a person needs to answer them: whom to look at, how alike they are, and who else it may be."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.clustering.likeness import Gallery
from engine.clustering.wanted import EVERYBODY, Outlook, Wanted
from engine.library.answers import distinct_people, named_people_ids, rejections
from engine.library.library import Library
from engine.library.vectors import FaceVectors
from engine.models.card import ModelCard
from engine.workflows.grouping.clustering_input import SECONDS_A_DAY, all_faces, faces_at
from engine.workflows.grouping.means import unit
from engine.workflows.questions.suggestions import Suggestion, askable_faces, suggestions

SHOWN = 3
"""Faces of a group that are shown."""

MOST_LIKELY = 9
"""Other people that are named beside a question: one for each digit key."""

_NEAR = 24
_WITNESSES = 8


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is shown beside a question.

    `shown` are up to three faces of the side in question, good ones that are like the rest. `closest` is the most
    similar pair of a face of that side and an example of the other, `similarity` (cosine) that pair's. `gap_days` lie
    between the dates of the two sides, 0 where they overlap or are unknown. `likely` are named people whom the side in
    question resembles most after `other`, the likeliest first, without those who were ruled out.
    """

    shown: tuple[int, ...]
    closest: tuple[int, int]
    similarity: float
    gap_days: float
    likely: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """The questions, each with what is shown beside it, and how many less likely ones there are."""

    questions: tuple[tuple[Suggestion, Evidence], ...]
    further: Outlook


def suggestions_with_evidence(library: Library, card: ModelCard, wanted: Wanted = EVERYBODY) -> Shown:
    """Return what `suggestions` does, each with what is shown beside it; takes seconds for a large library."""
    faces = askable_faces(library, card)
    found = suggestions(library, card, wanted, faces)
    witness = _Witness(library, faces)
    return Shown(tuple((question, witness.evidence(question)) for question in found.questions), found.further)


class _Witness:
    """The faces of the library and the named people among them, looked at once for many questions."""

    def __init__(self, library: Library, faces: FaceVectors) -> None:
        self._faces = faces
        theirs = np.isin(faces.person_ids, named_people_ids(library))
        self._gallery = Gallery(all_faces(faces), np.where(theirs, faces.person_ids, -1))
        self._means = unit(self._gallery.means())
        self._refused = rejections(library)
        self._distinct = distinct_people(library)

    def evidence(self, question: Suggestion) -> Evidence:
        """Look at one question."""
        rows, examples = self._subject(question), self._rows_of(question.examples)
        likeness = self._faces.vectors[rows] @ self._faces.vectors[examples].T
        at, beside = np.unravel_index(int(likeness.argmax()), likeness.shape)
        ids = self._faces.face_ids
        others = np.flatnonzero(self._faces.person_ids == question.other)
        return Evidence(
            shown=tuple(int(face) for face in ids[self._typical(rows)]),
            closest=(int(ids[rows[at]]), int(ids[examples[beside]])),
            similarity=float(likeness[at, beside]),
            gap_days=_gap(self._faces.taken_at[rows], self._faces.taken_at[others]) / SECONDS_A_DAY,
            likely=self._likely(question, rows),
        )

    def _subject(self, question: Suggestion) -> NDArray[np.intp]:
        if question.face is not None:
            return self._rows_of([question.face])
        return np.flatnonzero(self._faces.person_ids == question.person)

    def _rows_of(self, face_ids: Sequence[int]) -> NDArray[np.intp]:
        return np.searchsorted(self._faces.face_ids, np.array(face_ids, np.int64))

    def _typical(self, rows: NDArray[np.intp]) -> NDArray[np.intp]:
        """Return up to three rows: of the half that is most like the whole, those of the best quality."""
        likeness = self._faces.vectors[rows] @ self._faces.vectors[rows].mean(axis=0)
        half = rows[np.argsort(-likeness, kind="stable")[: max(SHOWN, len(rows) // 2)]]
        return half[np.argsort(-self._faces.quality[half], kind="stable")[:SHOWN]]

    def _likely(self, question: Suggestion, rows: NDArray[np.intp]) -> tuple[int, ...]:
        """Return the named people whom these faces resemble most."""
        centre = self._faces.vectors[rows].mean(axis=0)
        open_ = ~np.isin(self._gallery.people, self._ruled_out(question))
        near = np.flatnonzero(open_)[np.argsort(-(self._means[open_] @ centre), kind="stable")[:_NEAR]]
        if not len(near):
            return ()
        shown = rows[np.arange(min(len(rows), _WITNESSES)) * len(rows) // min(len(rows), _WITNESSES)]
        pairs = np.repeat(shown, len(near)), np.tile(self._gallery.people[near], len(shown))
        likeness = self._gallery.likeness(faces_at(self._faces, pairs[0]), pairs[1])
        average = likeness.reshape(len(shown), len(near)).mean(axis=0)
        best = near[np.argsort(-average, kind="stable")[:MOST_LIKELY]]
        return tuple(int(person) for person in self._gallery.people[best])

    def _ruled_out(self, question: Suggestion) -> NDArray[np.int64]:
        """Return the people who are asked about, or of whom it was said that they are somebody else."""
        asked = np.array([question.other, -1 if question.person is None else question.person])
        if question.person is None:
            return np.concatenate([asked, self._refused[self._refused[:, 0] == question.face, 1]])
        apart = self._distinct[(self._distinct == question.person).any(axis=1)]
        return np.concatenate([asked, apart.ravel()])


def _gap(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    """Return the seconds between two spans of time, 0 where they overlap or one has no times."""
    first, second = first[~np.isnan(first)], second[~np.isnan(second)]
    if not len(first) or not len(second):
        return 0.0
    return max(0.0, float(first.min() - second.max()), float(second.min() - first.max()))
