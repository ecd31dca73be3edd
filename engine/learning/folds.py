"""Which faces are learnt from and which judge, by person and by day."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.intp]
Numbers = NDArray[np.int64]

FOLDS = 5
"""Everybody is a stranger in one of so many rounds; of few people there are fewer, for two strangers are needed."""

LEAST_PEOPLE, LEAST_FACES, LEAST_DAYS = 5, 6, 2
"""So many people with so many faces on so many days are needed."""


@dataclass(frozen=True, slots=True)
class Fold:
    """Rows of faces, rising: those learnt from, other days of the same people, and people of whom nothing is learnt."""

    learnt: Rows
    unseen: Rows
    strangers: Rows


def sufficient(people: Numbers, days: Numbers) -> Numbers:
    """Return the people, rising, who have faces enough on days enough; both arrays (n,)."""
    known, sizes = np.unique(people, return_counts=True)
    spread = np.unique(np.unique(np.column_stack([people, days]), axis=0)[:, 0], return_counts=True)[1]
    return known[(sizes >= LEAST_FACES) & (spread >= LEAST_DAYS)].astype(np.int64)


def folds(people: Numbers, days: Numbers, seed: int = 0) -> list[Fold]:
    """Split the faces of people who suffice: each is a stranger once, otherwise learnt from on about half of the days.

    Faces of a day stay together, so that a burst is never on both sides. Raises ValueError for fewer than four people.
    """
    generator = np.random.default_rng(seed)
    usable = generator.permutation(sufficient(people, days))
    if len(usable) < 4:
        raise ValueError(f"{len(usable)} people cannot be split into known ones and strangers")
    count = min(FOLDS, len(usable) // 2)
    result = []
    for fold in range(count):
        apart = usable[fold::count]
        split = [_by_day(people, days, int(person), generator) for person in np.setdiff1d(usable, apart)]
        learnt, unseen = (np.sort(np.concatenate(parts)) for parts in zip(*split, strict=True))
        result.append(Fold(learnt, unseen, np.flatnonzero(np.isin(people, apart))))
    return result


def _by_day(people: Numbers, days: Numbers, person: int, generator: np.random.Generator) -> tuple[Rows, Rows]:
    """Split a person's rows: days in drawn order are learnt from until half of the faces are, one day at least left."""
    rows = np.flatnonzero(people == person)
    order = generator.permutation(np.unique(days[rows]))
    sizes = np.array([(days[rows] == day).sum() for day in order])
    wanted = int(np.searchsorted(np.cumsum(sizes), len(rows) / 2)) + 1
    seen = np.isin(days[rows], order[: min(wanted, len(order) - 1)])
    return rows[seen], rows[~seen]
