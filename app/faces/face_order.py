"""In which order faces are shown, and below which headings. Arrays in, arrays out."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from app.grid.grid_layout import Section
from app.grid.places import Ids

Rows = NDArray[np.intp]
"""Rows of an index of faces."""

AT_ONCE = 60
"""Suggestions that are shown at once: as many as can be looked at before one says yes to all of them."""


class Order(StrEnum):
    """How a person's faces are sorted."""

    NEWEST = "newest"
    OLDEST = "oldest"
    UNLIKE = "unlike"
    ALIKE = "alike"

    @property
    def by_likeness(self) -> bool:
        """Whether it takes the faces' similarity."""
        return self in (Order.UNLIKE, Order.ALIKE)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Ids (n,) in the order in which they are shown, and the sections that they fall into."""

    ids: Ids
    sections: tuple[Section, ...] = ()


def years_of(taken_at: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the year of each moment, seconds on the camera's clock since 1970; 0 where there is none."""
    dated = ~np.isnan(taken_at)
    moments = np.where(dated, taken_at, 0).astype("datetime64[s]")
    return np.where(dated, moments.astype("datetime64[Y]").astype(np.int64) + 1970, 0)


def by_time(taken_at: NDArray[np.float64], rows: Rows, order: Order) -> Rows:
    """Sort rows by time, undated ones last; those of one moment stay in their order."""
    towards = -taken_at[rows] if order is Order.NEWEST else taken_at[rows]
    return rows[np.argsort(towards, kind="stable")]


def by_likeness(similarity: NDArray[np.float32], rows: Rows, order: Order) -> Rows:
    """Sort rows by similarity (NaN: not known, last); equal ones stay in their order."""
    towards = similarity[rows] if order is Order.UNLIKE else -similarity[rows]
    return rows[np.argsort(towards, kind="stable")]


def year_sections(
    taken_at: NDArray[np.float64], rows: Rows, title: Callable[[int], str], hint: Callable[[int], str]
) -> list[Section]:
    """Return a section for each year of rows that are sorted by time; `title` gets 0 for those without a date.

    Years with few faces stand side by side: those of a whole life would else take a row each.
    """
    years = years_of(taken_at[rows])
    starts = np.flatnonzero(np.diff(years, prepend=-1))
    counts = np.diff(starts, append=len(years))
    return [
        Section(title(year), count, hint(count), beside=True)
        for year, count in zip(years[starts].tolist(), counts.tolist(), strict=True)
    ]


def shown_first(face_ids: Ids, rows: Rows, shown: Collection[int], most: int | None = AT_ONCE) -> Rows:
    """Return at most so many of the rows, in their order: those shown before, then the first of the others."""
    if most is None or len(rows) <= most:
        return rows
    known = np.isin(face_ids[rows], list(shown))
    newcomers = np.flatnonzero(~known)[: max(0, most - int(known.sum()))]
    kept: Rows = rows[np.sort(np.concatenate([np.flatnonzero(known)[:most], newcomers]))]
    return kept
