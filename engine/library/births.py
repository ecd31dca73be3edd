"""Before which moment somebody cannot have been photographed."""

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from engine.library.library import Library
from engine.library.tables import Person

GRACE = 366 * 86_400.0
"""So many seconds before a birth a photo may be dated: many dates are of a year only, and some are wrong."""


@dataclass(frozen=True, slots=True)
class Births:
    """People of whom a date of birth is known, `people` (b,) rising, and the first moment of it, `seconds` (b,)."""

    people: NDArray[np.int64]
    seconds: NDArray[np.float64]

    def excluded(self, taken_at: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return (m, 2), row of a photo's date and person: who was not born when it was taken (n,), NaN unknown."""
        early = taken_at[:, None] < self.seconds[None, :] - GRACE
        rows, places = np.nonzero(early)
        return np.column_stack([rows, self.people[places]]).astype(np.int64)


def births(library: Library) -> Births:
    """Return the dates of birth, a year or a month as its first day; those that are no date are passed over."""
    query = select(Person.id, Person.birth_date).where(Person.birth_date.is_not(None)).order_by(Person.id)
    with library.read() as connection:
        known = [(int(row[0]), _moment(str(row[1]))) for row in connection.execute(query).all()]
    found = [(person, moment) for person, moment in known if moment is not None]
    people = np.array([person for person, _ in found], np.int64)
    return Births(people, np.array([moment for _, moment in found], np.float64))


def _moment(text: str) -> float | None:
    """Return seconds since 1970 of the first moment of a year, a month or a day, written as ISO 8601 has it."""
    parts = text.split("-")
    try:
        year, month, day = [int(part) for part in parts] + [1] * (3 - len(parts))
        return datetime(year, month, day, tzinfo=UTC).timestamp()
    except ValueError:
        return None
