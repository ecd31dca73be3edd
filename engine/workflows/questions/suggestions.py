"""The next questions worth asking, from what the library holds; answers are edits like any other."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.clustering.answer_probability import personal_calibration
from engine.clustering.likeness import Gallery
from engine.clustering.questions import Answers, Question, QuestionKind, ReasonAgainst, Sorted, face_key, people_key
from engine.clustering.suggest import next_questions
from engine.clustering.wanted import EVERYBODY, Outlook, Wanted
from engine.library.answers import distinct_people, hidden_people_ids, postponed, rejections
from engine.library.edits.names import name_key
from engine.library.library import Library
from engine.library.queries import people_names
from engine.library.vectors import FaceVectors, LeftOut
from engine.models.card import ModelCard
from engine.models.chosen import calibration_of
from engine.similarity import Calibration
from engine.workflows.grouping.clustering_input import (
    all_faces,
    pages_apart,
    perhaps_no_faces,
    placed_faces,
    rejected_rows,
)
from engine.workflows.grouping.regrouping_plan import is_confirmed
from engine.workflows.naming.hints import hinted_faces
from engine.workflows.questions.hinted import with_hints


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question in ids of the library: about one `face`, or about all faces of `person`; the other is None.

    IS_THIS asks whether that is the person `other`, SAME_PERSON whether the two are one. `settles` is how many faces a
    yes gives to `other`, `examples` up to three of its faces that are most similar, confirmed ones if there are any.
    """

    kind: QuestionKind
    face: int | None
    person: int | None
    other: int
    similarity: float
    probability: float
    settles: int
    examples: tuple[int, ...]
    against: tuple[ReasonAgainst, ...]


@dataclass(frozen=True, slots=True)
class Suggested:
    """The questions, the most useful first, and those `further` ones that are less likely than they were wanted."""

    questions: tuple[Suggestion, ...]
    further: Outlook


def askable_faces(library: Library, card: ModelCard) -> FaceVectors:
    """Load the faces that questions are about: none that is ignored, none of anybody hidden."""
    return placed_faces(library, card, (LeftOut.IGNORED, LeftOut.HIDDEN))


def askable_among(library: Library, faces: FaceVectors) -> FaceVectors:
    """Return the `askable_faces` among the `pages.shown_faces`, in their memory: what it held is gone."""
    shown = ~np.isin(faces.person_ids, hidden_people_ids(library))
    return pages_apart(library, faces.narrowed(shown))


def suggestions(
    library: Library, card: ModelCard, wanted: Wanted = EVERYBODY, faces: FaceVectors | None = None
) -> Suggested:
    """Return the questions that are wanted; `faces` are `askable_faces`, where they are there already.

    Nothing that was refused or told apart is asked, nothing that was postponed for now, nothing about hidden people,
    ignored faces or what is perhaps no face. A face that was refused for somebody waits in the grid of unsorted faces,
    where it is offered to its next person (`proposals.offered_faces`), and is asked about only where the questions of
    one person are wanted. The probability is the card's, moved by what was confirmed and refused so far.
    """
    faces = askable_faces(library, card) if faces is None else faces
    state = Sorted(
        all_faces(faces), faces.person_ids, is_confirmed(faces), faces.quality, perhaps_no_faces(faces, card)
    )
    ids = faces.face_ids
    answers = Answers(
        rejected=rejected_rows(rejections(library), ids),
        distinct=distinct_people(library),
        asked=_postponed_keys(library, ids),
        names={person: name_key(name) for person, name in people_names(library).items()},
    )
    calibration = _calibration(state, answers, calibration_of(card))
    found = next_questions(state, answers, calibration=calibration, wanted=wanted)
    hinted = [one for one in hinted_faces(library, faces, calibration) if wanted.about in (None, one.person)]
    asked = with_hints(found.questions, hinted, state, answers)
    return Suggested(tuple(_in_ids(question, ids) for question in asked[: wanted.limit]), found.further)


def question_ids(question: Suggestion) -> tuple[QuestionKind, int, int]:
    """Return the kind and the two ids under which a question is put off (`edits.postpone_question`)."""
    if question.person is None:
        return QuestionKind.IS_THIS, question.face or 0, question.other
    return QuestionKind.SAME_PERSON, min(question.person, question.other), max(question.person, question.other)


def _calibration(state: Sorted, answers: Answers, prior: Calibration) -> Calibration:
    """Move the card's calibration by the user's answers: refused faces, and as many confirmed ones.

    Every second confirmed face of a person is compared with the others, so that none meets itself.
    """
    confirmed = np.flatnonzero(state.confirmed & (state.people >= 0))
    confirmed = confirmed[np.argsort(state.people[confirmed], kind="stable")]
    witnesses, judged = confirmed[::2], confirmed[1::2]
    known = np.unique(state.people[witnesses])
    judged = judged[np.isin(state.people[judged], known)]
    rejected = answers.rejected[np.isin(answers.rejected[:, 1], known)]
    rejected = rejected[~np.isin(rejected[:, 0], witnesses)]
    judged = _evenly(judged, len(rejected))
    gallery = Gallery(state.faces.at(witnesses), state.people[witnesses])
    likeness = np.concatenate(
        [
            gallery.likeness(state.faces.at(judged), state.people[judged]),
            gallery.likeness(state.faces.at(rejected[:, 0]), rejected[:, 1]),
        ]
    )
    return personal_calibration(prior, likeness, np.arange(len(likeness)) < len(judged))


def _evenly(rows: NDArray[np.intp], count: int) -> NDArray[np.intp]:
    """Return at most `count` of the rows, evenly spread."""
    kept = min(len(rows), count)
    return rows[np.arange(kept) * len(rows) // max(kept, 1)]


def _postponed_keys(library: Library, ids: NDArray[np.int64]) -> frozenset[tuple[str, int, int]]:
    """Return the keys of the questions that are not to be asked now; `ids` are the face ids of the rows."""
    keys = set()
    for question in postponed(library):
        if question.kind == QuestionKind.SAME_PERSON:
            keys.add(people_key(question.first_id, question.second_id))
            continue
        row = int(np.searchsorted(ids, question.first_id))
        if question.kind == QuestionKind.IS_THIS and row < len(ids) and ids[row] == question.first_id:
            keys.add(face_key(row, question.second_id))
    return frozenset(keys)


def _in_ids(question: Question, ids: NDArray[np.int64]) -> Suggestion:
    return Suggestion(
        kind=question.kind,
        face=int(ids[question.face]) if question.face >= 0 else None,
        person=question.person if question.person >= 0 else None,
        other=question.other,
        similarity=question.similarity,
        probability=question.probability,
        settles=question.settles,
        examples=tuple(int(ids[row]) for row in question.examples),
        against=question.against,
    )
