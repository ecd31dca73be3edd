"""People appear while photos are still being read: the faces so far are grouped again and again, ever less often."""

import time
from contextlib import closing
from dataclasses import dataclass
from typing import TypeVar

from engine.library.library import Library
from engine.library.queries import shown_counts
from engine.models.card import ModelCard
from engine.models.chosen import says_what_similarities_mean
from engine.progress import Workflow
from engine.workflows.grouping.recluster import Stand, recluster

Result = TypeVar("Result")

FIRST = 200
"""Faces that are found before they are grouped for the first time."""

GROWTH = 0.25
"""They are grouped again when this share of all faces is new: the sizes form a geometric series."""

READING = 40
"""Reading goes on for at least this many times as long as the last grouping took: grouping costs 2.5 % of it."""


@dataclass(slots=True)
class Schedule:
    """When to group. `known` faces were there before, `now` is seconds on any clock."""

    known: int
    now: float
    grouped: int = 0
    took: float = 0.0

    def due(self, found: int, now: float) -> bool:
        """Say whether it is time, with so many faces found since reading began."""
        fresh = found - self.grouped
        grown = fresh >= max(FIRST, GROWTH * (self.known + found))
        return grown and now - self.now >= READING * self.took

    def done(self, found: int, began: float, now: float) -> None:
        """Note that the faces found so far were grouped between two moments."""
        self.grouped, self.took, self.now = found, now - began, now


def grouped_meanwhile(reading: Workflow[Result], library: Library, card: ModelCard) -> Workflow[Result]:
    """Pass on the progress of reading (with "faces" among its figures), and group what is found in between.

    What comes of it is provisional: a `recluster` for good has to follow. Where the card does not say what its
    similarities mean nothing is grouped.
    """
    schedule = Schedule(shown_counts(library).faces, time.monotonic())
    with closing(reading):
        while True:
            try:
                report = next(reading)
            except StopIteration as stop:
                result: Result = stop.value
                return result
            yield report
            found, began = report.figures.get("faces", 0), time.monotonic()
            if says_what_similarities_mean(card) and schedule.due(found, began):
                with closing(recluster(library, card, Stand.PROVISIONAL)) as grouping:
                    for _ in grouping:
                        left = time.monotonic()
                        yield report
                        began += time.monotonic() - left  # whoever pauses the scan makes no grouping longer
                schedule.done(found, began, time.monotonic())
