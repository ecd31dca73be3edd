"""In which order a person's faces stand, and below which headings."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.faces.face_order import (
    AT_ONCE,
    Arrangement,
    Order,
    by_likeness,
    by_time,
    shown_first,
    year_sections,
)
from app.grid.grid_layout import Section
from app.pages.person.reading import PersonSeen


@dataclass(frozen=True, slots=True)
class FacesDisplay:
    """How to show the faces.

    `similarity` (n,) is how much each is like the others, NaN where that is not known. `shown` are suggestions that
    were shown before and stay in sight; `most` is how many are shown, None for all.
    """

    order: Order = Order.NEWEST
    similarity: NDArray[np.float32] | None = None
    shown: frozenset[int] = frozenset()
    most: int | None = AT_ONCE


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of headings: of a year (0: no date), of a number of faces, and of the faces by likeness."""

    year: Callable[[int], str]
    count: Callable[[int], str]
    likeness: str


def arranged(seen: PersonSeen, display: FacesDisplay, words: Words) -> Arrangement:
    """Return the suggestions first, then the others below headings."""
    faces, suggested = seen.faces, seen.suggested()
    others = np.setdiff1d(np.arange(len(faces)), suggested, assume_unique=True)
    similarity = display.similarity
    if display.order.by_likeness and similarity is not None:
        suggested, others = (by_likeness(similarity, rows, display.order) for rows in (suggested, others))
        sections = [Section(words.likeness, len(others), words.count(len(others)))] if len(others) else []
    else:
        order = Order.NEWEST if display.order.by_likeness else display.order
        suggested, others = (by_time(faces.taken_at, rows, order) for rows in (suggested, others))
        sections = year_sections(faces.taken_at, others, words.year, words.count)
    suggested = shown_first(faces.face_ids, suggested, display.shown, display.most)
    ids = faces.face_ids[np.concatenate([suggested, others])]
    return Arrangement(ids, (Section("", len(suggested)), *sections))
