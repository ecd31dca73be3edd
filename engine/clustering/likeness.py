"""How much a face is like a person: the cosine with the mean of the person's faces near it in time.

One mean for a whole life does not serve children; one of the same years does. So a person of many faces is represented,
for each question, by the `SHOWN` faces nearest in time to the face in question (without a date: evenly chosen ones). A
mean is as like strangers as a single face is, so that the model's calibration holds for it; the most similar quarter
of several faces is more like them (by .05 for four faces or more, on lfw and glint).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.clustering.neighbours import Vectors
from engine.clustering.sums_by_group import sums_by

SHOWN = 32
"""How many of a person's faces are compared with a face, at most."""

FEW = 8
"""How many are, at least, however long the person's life: fewer say little."""

_BLOCK = 512
_AGES = 1e7
"""More days than any two dates are apart; keeps the people apart on one axis."""


@dataclass(frozen=True, slots=True)
class Faces:
    """The embeddings of n faces with the photo and the date of each.

    `vectors` (n, d) float32, unit length; `photos` (n,) int64, −1 unknown; `days` (n,) float64, days since 1970 when
    the photo was taken, NaN unknown.
    """

    vectors: Vectors
    photos: NDArray[np.int64]
    days: NDArray[np.float64]

    @classmethod
    def of(
        cls, vectors: Vectors, photos: NDArray[np.int64] | None = None, days: NDArray[np.float64] | None = None
    ) -> "Faces":
        """Return the faces with what is known of them; raises ValueError where the lengths differ."""
        count = len(vectors)
        made = cls(
            np.ascontiguousarray(vectors, np.float32),
            np.full(count, -1, np.int64) if photos is None else np.asarray(photos, np.int64),
            np.full(count, np.nan) if days is None else np.asarray(days, np.float64),
        )
        if len(made.photos) != count or len(made.days) != count:
            raise ValueError(f"photos or days do not cover the {count} faces")
        return made

    def at(self, rows: NDArray[np.int64]) -> "Faces":
        """Return the faces at these rows."""
        return Faces(self.vectors[rows], self.photos[rows], self.days[rows])


class Gallery:
    """The faces of each person, ready to be compared with others."""

    def __init__(self, faces: Faces, people: NDArray[np.int64]) -> None:
        """Take the faces whose person (n,) is ≥ 0; a person's label may be any such number."""
        self._faces = faces
        rows = np.flatnonzero(people >= 0)
        self.people, rank, self.sizes = np.unique(people[rows], return_inverse=True, return_counts=True)
        axis = rank * _AGES + _moment(faces.days[rows])
        order = np.argsort(axis, kind="stable")
        self._axis, self._rows = axis[order], rows[order]
        self._starts = np.cumsum(self.sizes) - self.sizes

    def rank(self, people: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the places of these people in `people`; raises ValueError for somebody who has no face."""
        place = np.searchsorted(self.people, people)
        if (place >= len(self.people)).any() or (self.people[place] != people).any():
            raise ValueError("somebody has no face to compare with")
        return place.astype(np.int64)

    def members(self, person: int) -> NDArray[np.int64]:
        """Return the rows of a person's faces, by date."""
        place = int(self.rank(np.array([person]))[0])
        rows: NDArray[np.int64] = self._rows[self._starts[place] : self._starts[place] + self.sizes[place]]
        return rows

    def some_members(self, places: NDArray[np.int64], count: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return rows of up to `count` faces of each person at these `places` (m,) of `people`, evenly spread by date.

        Also returns how many they are of each, (m,); the rows of one stand before those of the next.
        """
        shown = np.minimum(self.sizes[places], count)
        turn = np.arange(int(shown.sum())) - np.repeat(np.cumsum(shown) - shown, shown)
        sizes, wanted = np.repeat(self.sizes[places], shown), np.repeat(shown, shown)
        return self._rows[np.repeat(self._starts[places], shown) + turn * sizes // np.maximum(wanted, 1)], shown

    def means(self) -> Vectors:
        """Return the mean vector of each person, (people, d), not of unit length."""
        count = len(self.people)
        place, weights = np.repeat(np.arange(count), self.sizes), np.ones(len(self._rows), np.float32)
        sums = sums_by(self._faces.vectors, self._rows, place, count, weights)
        return np.asarray(sums / self.sizes[:, None], np.float32)

    def likeness(self, faces: Faces, people: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return how much each face (m,) is like the person beside it, (m,) float32, −1 to 1.

        A face that is one of the person's own faces meets itself; compare strangers.
        """
        places = self.rank(people) if len(people) else np.empty(0, np.int64)
        result = np.empty(len(people), np.float32)
        for start in range(0, len(people), _BLOCK):
            block = slice(start, start + _BLOCK)
            rows, used = self._shown(places[block], faces.days[block])
            means = np.einsum("pmd,pm->pd", self._faces.vectors[rows], used.astype(np.float32))
            lengths = np.maximum(np.linalg.norm(means, axis=1), 1e-9)
            result[block] = np.einsum("pd,pd->p", faces.vectors[block], means) / lengths
        return result

    def _shown(
        self, places: NDArray[np.int64], days: NDArray[np.float64]
    ) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Return the rows of the faces to compare with, (m, SHOWN), and which of them count, (m, SHOWN) bool.

        With a date: the nearest half of the person's faces, at least `FEW` and at most `SHOWN`; without: even ones.
        """
        sizes, starts = self.sizes[places], self._starts[places]
        dated = ~np.isnan(days)
        shown = np.minimum(sizes, np.where(dated, np.clip(-(-sizes // 2), FEW, SHOWN), SHOWN))
        column = np.arange(SHOWN)[None, :]
        used = column < shown[:, None]
        even = starts[:, None] + np.where(used, column * sizes[:, None] // shown[:, None], 0)
        chosen = np.where(dated[:, None], self._near(places, days), even)
        return self._rows[np.where(used, chosen, starts[:, None])], used

    def _near(self, places: NDArray[np.int64], days: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return where the faces nearest in time lie on the axis, nearest first, (m, SHOWN); short rows repeat."""
        sizes, starts = self.sizes[places], self._starts[places]
        moment = places * _AGES + _moment(days)
        width = np.minimum(sizes, 2 * SHOWN)
        first = starts + np.clip(np.searchsorted(self._axis, moment) - starts - SHOWN, 0, sizes - width)
        column = np.arange(2 * SHOWN)[None, :]
        window = first[:, None] + np.minimum(column, width[:, None] - 1)
        gap = np.where(column < width[:, None], np.abs(self._axis[window] - moment[:, None]), np.inf)
        order = np.argsort(gap, axis=1, kind="stable")[:, :SHOWN]
        return np.take_along_axis(window, order, axis=1)


def _moment(days: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the days as a place on a person's axis; faces without a date come last."""
    return np.where(np.isnan(days), _AGES / 2 - 1, np.clip(np.nan_to_num(days), -_AGES / 4, _AGES / 4))
