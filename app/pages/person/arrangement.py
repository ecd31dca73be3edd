"""In which order a person's faces stand, and below which headings."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.faces.face_order import (
    AT_ONCE,
    Arrangement,
    Order,
    Rows,
    by_likeness,
    by_time,
    shown_first,
    year_sections,
)
from app.grid.grid_layout import Section
from app.pages.person.reading import PersonSeen
from app.pages.person.waiting import Likely


@dataclass(frozen=True, slots=True)
class FacesDisplay:
    """How to show the faces.

    `similarity` (n,) is how much each is like the others, NaN where that is not known, `likely` how likely each
    suggestion is theirs. `shown` are suggestions that were shown before and stay in sight, at `most` so many; all where
    that is None.
    """

    order: Order = Order.NEWEST
    similarity: NDArray[np.float32] | None = None
    likely: Likely | None = None
    shown: frozenset[int] = frozenset()
    most: int | None = AT_ONCE


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of headings: of a year (0: no date), of a number of faces, of faces by likeness, of doubtful ones."""

    year: Callable[[int], str]
    count: Callable[[int], str]
    likeness: str
    doubtful: str


@dataclass(frozen=True, slots=True)
class Arranged:
    """An arrangement that begins with suggestions, the likeliest first: `sure` ones, then `doubtful` ones."""

    arrangement: Arrangement
    sure: int
    doubtful: int

    @property
    def suggested(self) -> list[int]:
        """The suggestions that are shown."""
        return self._ids(0, self.sure + self.doubtful)

    @property
    def sure_ones(self) -> list[int]:
        """Those of them that one yes may confirm together."""
        return self._ids(0, self.sure)

    def _ids(self, first: int, last: int) -> list[int]:
        ids: list[int] = self.arrangement.ids[first:last].tolist()
        return ids


def arranged(seen: PersonSeen, display: FacesDisplay, words: Words) -> Arranged:
    """Return the suggestions first, then the others below headings; before likelihoods are known none is sure."""
    faces, suggested = seen.faces, seen.suggested()
    others = np.setdiff1d(np.arange(len(faces)), suggested, assume_unique=True)
    similarity = display.similarity
    if display.order.by_likeness and similarity is not None:
        others = by_likeness(similarity, others, display.order)
        sections = [Section(words.likeness, len(others), words.count(len(others)))] if len(others) else []
    else:
        order = Order.NEWEST if display.order.by_likeness else display.order
        others = by_time(faces.taken_at, others, order)
        sections = year_sections(faces.taken_at, others, words.year, words.count)
    sure, doubtful = _suggestions(seen, display)
    ids = faces.face_ids[np.concatenate([sure, doubtful, others])]
    above = [Section("", len(sure))]
    if len(doubtful):
        # Where nothing is known yet there is nothing to tell them from.
        title = words.doubtful if display.likely is not None else ""
        above.append(Section(title, len(doubtful), words.count(len(doubtful)) if title else ""))
    return Arranged(Arrangement(ids, (*above, *sections)), len(sure), len(doubtful))


def _suggestions(seen: PersonSeen, display: FacesDisplay) -> tuple[Rows, Rows]:
    """Return the rows of the suggestions that are shown, the likeliest first: sure ones, and doubtful ones."""
    faces, likely = seen.faces, display.likely
    rows = by_time(faces.taken_at, seen.suggested(), Order.NEWEST)
    if likely is None:
        return rows[:0], shown_first(faces.face_ids, rows, display.shown, display.most)
    rows = rows[np.lexsort((-likely.probability[rows], ~likely.sure[rows]))]
    rows = shown_first(faces.face_ids, rows, display.shown, display.most)
    return rows[likely.sure[rows]], rows[~likely.sure[rows]]
