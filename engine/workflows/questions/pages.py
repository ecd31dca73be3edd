"""Asks of photos that look like pages with several pictures whether they are."""

from dataclasses import dataclass

import numpy as np

from engine.library.answers import postponed
from engine.library.library import Library
from engine.library.pages import said_of_pages
from engine.library.vectors import FaceVectors, LeftOut
from engine.models.card import ModelCard
from engine.workflows.grouping.clustering_input import likely_pages, vectors_in_place

PAGE = "page"
"""The kind under which the question is put off (`edits.postpone_question`): the ids are the photo's, 0."""


@dataclass(frozen=True, slots=True)
class PageQuestion:
    """Is this a page with several pictures? `face_ids` are the faces in the photo."""

    photo: int
    probability: float
    face_ids: tuple[int, ...]


def shown_faces(library: Library, card: ModelCard) -> FaceVectors:
    """Load the faces that may lie on pages: none that is ignored."""
    return vectors_in_place(library, card, (LeftOut.IGNORED,))


def page_questions(library: Library, card: ModelCard, faces: FaceVectors | None = None) -> list[PageQuestion]:
    """Return the photos that count as pages and of which nobody said what they are, the likeliest first.

    `faces` are the `shown_faces`, where they are there already.
    """
    faces = shown_faces(library, card) if faces is None else faces
    put_off = {one.first_id for one in postponed(library) if one.kind == PAGE}
    known = said_of_pages(library).keys() | put_off
    found = [
        PageQuestion(photo, likelihood, _in_photo(faces, photo))
        for photo, likelihood in likely_pages(faces, card).items()
        if photo not in known
    ]
    return sorted(found, key=lambda one: (-one.probability, one.photo))


def _in_photo(faces: FaceVectors, photo: int) -> tuple[int, ...]:
    return tuple(int(face) for face in faces.face_ids[np.flatnonzero(faces.photo_ids == photo)])
