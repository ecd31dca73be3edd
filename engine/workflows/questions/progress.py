"""How much of a library is settled, and how many answers are left to most of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from engine.library.library import Library
from engine.library.queries import PersonRow, counts, people_rows

GOAL = 0.9
"""The share of faces that counts as nearly done."""

AT_ONCE = 60
"""Suggestions of one person that are confirmed by one answer: as many as can be looked at together."""


@dataclass(frozen=True, slots=True)
class Settled:
    """`share` (0 to 1) of all faces, those set aside among them, is settled; `answers_to_90` more lead to `GOAL`.

    That is 0 where the goal is reached, and None in a library without faces.
    """

    share: float
    answers_to_90: int | None


def settled(library: Library) -> Settled:
    """Count what is settled: a face that somebody confirmed or set aside.

    An answer names a group, which confirms all of it, or confirms up to `AT_ONCE` suggestions of a person who has a
    name, or says of one face of nobody whose it is. The answers that settle most are counted first; hidden people are
    asked about by nobody, so theirs come last.
    """
    now, rows = counts(library), people_rows(library)
    everything = now.faces + now.ignored
    if not everything:
        return Settled(1.0, None)
    done = now.ignored + sum(row.confirmed for row in rows)
    gains = sorted(_gains([row for row in rows if not row.hidden]), reverse=True)
    gains += [1] * now.unsorted
    gains += sorted(_gains([row for row in rows if row.hidden]), reverse=True)
    return Settled(done / everything, _answers(gains, ceil(GOAL * everything) - done))


def _gains(rows: Sequence[PersonRow]) -> list[int]:
    """Return how many faces each answer about these people settles."""
    gains: list[int] = []
    for row in rows:
        left = row.suggested
        most = AT_ONCE if row.name is not None else max(left, 1)
        gains += [most] * (left // most)
        gains += [left % most] if left % most else []
    return gains


def _answers(gains: Sequence[int], wanted: int) -> int:
    """Return how many of the gains, in this order, add up to what is wanted."""
    for number, gain in enumerate(gains):
        if wanted <= 0:
            return number
        wanted -= gain
    return len(gains)
