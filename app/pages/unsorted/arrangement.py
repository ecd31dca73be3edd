"""Nobody's faces as the page shows them: groups of faces that are alike, then those that are alone, then newcomers."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.faces.face_order import Arrangement, Order, Rows, by_time, year_sections
from app.grid.grid_layout import Section
from app.grid.id_model import Ids
from engine.library.queries import FaceIndex

ALONE, NEW = -1, -2
"""What stands in place of a group's number: faces that are like no other, and faces that came after the grouping."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """Which faces were found to be alike: ids (n,) in their order and the group (n,) of each, ALONE for none."""

    face_ids: Ids
    labels: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of headings: of a group of so many faces, of faces alone, of newcomers, of a year, of a number."""

    alike: Callable[[int], str]
    alone: str
    new: str
    year: Callable[[int], str]
    count: Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Grouped:
    """An arrangement and what each of its sections is: the number of a group, ALONE or NEW."""

    arrangement: Arrangement
    keys: tuple[int, ...]

    def is_group(self, section: int) -> bool:
        """Say whether a section is a group of faces that are alike."""
        return 0 <= section < len(self.keys) and self.keys[section] >= 0


def grouped(faces: FaceIndex, found: Grouping | None, words: Words) -> Grouped:
    """Arrange the faces by what was found; groups keep their places while faces leave them.

    Before anything was found all faces stand in one section, the newest first.
    """
    if found is None:
        newest = by_time(faces.taken_at, np.arange(len(faces)), Order.NEWEST)
        return Grouped(Arrangement(faces.face_ids[newest]), (NEW,) if len(newest) else ())
    here = np.isin(found.face_ids, faces.face_ids)
    newcomers = np.flatnonzero(~np.isin(faces.face_ids, found.face_ids))
    newcomers = by_time(faces.taken_at, newcomers, Order.NEWEST)
    ids = np.concatenate([found.face_ids[here], faces.face_ids[newcomers]])
    labels = np.concatenate([found.labels[here], np.full(len(newcomers), NEW)])
    starts = np.flatnonzero(np.diff(labels, prepend=NEW - 1))
    counts = np.diff(starts, append=len(labels))
    keys = labels[starts].tolist()
    sections = [_section(key, count, words) for key, count in zip(keys, counts.tolist(), strict=True)]
    return Grouped(Arrangement(ids, tuple(sections)), tuple(keys))


def by_years(faces: FaceIndex, words: Words) -> Arrangement:
    """Arrange the faces by the year in which they were taken, the newest first."""
    newest: Rows = by_time(faces.taken_at, np.arange(len(faces)), Order.NEWEST)
    sections = year_sections(faces.taken_at, newest, words.year, words.count)
    return Arrangement(faces.face_ids[newest], tuple(sections))


def _section(key: int, count: int, words: Words) -> Section:
    if key >= 0:
        return Section(words.alike(count), count)
    return Section(words.alone if key == ALONE else words.new, count, words.count(count))
