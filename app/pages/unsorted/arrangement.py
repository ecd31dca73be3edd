"""Nobody's faces as the page shows them: groups of those alike, those that are alone, newcomers, and hard ones."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.faces.face_order import Arrangement, Order, Rows, by_time, year_sections
from app.grid.grid_layout import Section
from app.grid.places import Ids
from engine.library.queries import FaceIndex

NOBODY = -1
"""What stands in place of a person to whom faces are offered."""

ALONE, NEW, HARD = -1, -2, -3
"""What stands in place of a group's number: faces that are like no other, faces that came after the grouping, and those
alone that are hard to recognise: whoever has no time for them finds them last, and together."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """Which faces were found to be alike: ids (n,) in their order and the group (n,) of each, ALONE or HARD for none.

    `people` (n,) is the named person to whom a face is offered, NOBODY for most; faces offered to one stand together.
    """

    face_ids: Ids
    labels: NDArray[np.int64]
    people: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of headings: whom faces are offered to, so many alike, alone, new and hard ones, years, counts."""

    offered: Callable[[int], str]
    alike: Callable[[int], str]
    alone: str
    new: str
    hard: str
    year: Callable[[int], str]
    count: Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Grouped:
    """An arrangement and what each section is: the number of a group, ALONE, NEW or HARD, and whom it is offered to."""

    arrangement: Arrangement
    keys: tuple[int, ...]
    people: tuple[int, ...] = ()

    def is_group(self, section: int) -> bool:
        """Say whether a section is a group of faces that are alike, or offered to one person."""
        return 0 <= section < len(self.keys) and (self.keys[section] >= 0 or self.people[section] != NOBODY)

    def offered_to(self, section: int) -> int:
        """Return the person to whom a section's faces are offered, NOBODY where there is none."""
        return self.people[section] if 0 <= section < len(self.people) else NOBODY

    def offered_in(self, sections: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return for each of these sections (n,) the person to whom its faces are offered, NOBODY where there is none.

        What is no section (−1) is offered to nobody.
        """
        known = np.where(sections < len(self.people), sections, -1)
        return np.array([*self.people, NOBODY], np.int64)[known]


def grouped(faces: FaceIndex, found: Grouping | None, words: Words) -> Grouped:
    """Arrange the faces by what was found; groups keep their places while faces leave them.

    Before anything was found all faces stand in one section, the newest first. A face that the machine has put in a
    group is shown only where it is offered to somebody.
    """
    nobodys = faces.person_ids < 0
    if found is None:
        newest = by_time(faces.taken_at, np.flatnonzero(nobodys), Order.NEWEST)
        return Grouped(Arrangement(faces.face_ids[newest]), (NEW,) * bool(len(newest)), (NOBODY,) * bool(len(newest)))
    here = np.isin(found.face_ids, faces.face_ids[nobodys])
    here |= np.isin(found.face_ids, faces.face_ids) & (found.people != NOBODY)
    newcomers = np.flatnonzero(nobodys & ~np.isin(faces.face_ids, found.face_ids))
    newcomers = by_time(faces.taken_at, newcomers, Order.NEWEST)
    ids = np.concatenate([found.face_ids[here], faces.face_ids[newcomers]])
    labels = np.concatenate([found.labels[here], np.full(len(newcomers), NEW)])
    people = np.concatenate([found.people[here], np.full(len(newcomers), NOBODY)])
    # Whoever is offered to somebody is of no group.
    labels = np.where(people == NOBODY, labels, ALONE)
    last = np.argsort(labels == HARD, kind="stable")
    ids, labels, people = ids[last], labels[last], people[last]
    begins = (np.diff(labels, prepend=HARD - 1) != 0) | (np.diff(people, prepend=NOBODY) != 0)
    starts = np.flatnonzero(begins)
    counts = np.diff(starts, append=len(labels))
    keys, whose = labels[starts].tolist(), people[starts].tolist()
    sections = [_section(*one, words) for one in zip(keys, whose, counts.tolist(), strict=True)]
    return Grouped(Arrangement(ids, tuple(sections)), tuple(keys), tuple(whose))


def by_years(faces: FaceIndex, words: Words) -> Arrangement:
    """Arrange the faces by the year in which they were taken, the newest first."""
    newest: Rows = by_time(faces.taken_at, np.arange(len(faces)), Order.NEWEST)
    sections = year_sections(faces.taken_at, newest, words.year, words.count)
    return Arrangement(faces.face_ids[newest], tuple(sections))


def _section(key: int, person: int, count: int, words: Words) -> Section:
    if person != NOBODY:
        return Section(words.offered(person), count, words.count(count))
    if key >= 0:
        return Section(words.alike(count), count)
    title = {ALONE: words.alone, NEW: words.new, HARD: words.hard}[key]
    return Section(title, count, words.count(count))
