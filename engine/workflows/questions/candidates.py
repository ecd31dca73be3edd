"""Who else may be a person: faces of nobody and groups without a name, down to those that hardly are."""

from dataclasses import dataclass

import numpy as np

from engine.clustering.questions import QuestionKind
from engine.clustering.wanted import RARELY, Wanted
from engine.library.library import Library
from engine.models.card import ModelCard
from engine.workflows.questions.suggestions import askable_faces, suggestions

MOST = 500
"""Candidates that are shown of one person."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Faces that are one, by id and the best first, and how likely they are the person."""

    face_ids: tuple[int, ...]
    probability: float


def candidates(library: Library, card: ModelCard, person: int, limit: int = MOST) -> list[Candidate]:
    """Return up to `limit` candidates for a person, the likeliest first; takes seconds for a large library.

    They are what `suggestions` asks about that person of whoever wants to go on. Raises ModelError as it does.
    """
    faces = askable_faces(library, card)
    found = suggestions(library, card, Wanted(limit, RARELY, person), faces)
    made = []
    for question in found.questions:
        if question.kind != QuestionKind.IS_THIS or question.other != person:
            continue
        if question.face is not None:
            theirs: tuple[int, ...] = (question.face,)
        else:
            rows = np.flatnonzero(faces.person_ids == question.person)
            theirs = tuple(faces.face_ids[rows[np.argsort(-faces.quality[rows], kind="stable")]].tolist())
        made.append(Candidate(theirs, question.probability))
    return sorted(made, key=lambda one: -one.probability)
