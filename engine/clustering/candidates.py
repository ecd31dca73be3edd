"""Pairs that may be one person: people whose means are near each other, and unsorted faces with people near them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.clustering.likeness import Faces, Gallery
from engine.clustering.neighbours import NeighbourIndex
from engine.clustering.sums_by_group import sums_by

_NEAR_PEOPLE = 6
_NEAR_FACES = 3
_WITNESSES = 8


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of somebody and a person, (m,) each.

    `alone` says whether the first side is a single unsorted face, row `faces`; else it is the person `people`, of whom
    `faces` is one. `others` is the second side, the larger, and `settles` how many faces the first side has.
    """

    alone: NDArray[np.bool_]
    faces: NDArray[np.int64]
    people: NDArray[np.int64]
    others: NDArray[np.int64]
    likeness: NDArray[np.float32]
    settles: NDArray[np.int64]

    def __add__(self, other: "Candidates") -> "Candidates":
        """Return these pairs and then the others."""
        return Candidates(
            np.concatenate([self.alone, other.alone]),
            np.concatenate([self.faces, other.faces]),
            np.concatenate([self.people, other.people]),
            np.concatenate([self.others, other.others]),
            np.concatenate([self.likeness, other.likeness]),
            np.concatenate([self.settles, other.settles]),
        )

    def at(self, rows: NDArray[np.intp]) -> "Candidates":
        """Return the pairs at these rows."""
        return Candidates(
            self.alone[rows],
            self.faces[rows],
            self.people[rows],
            self.others[rows],
            self.likeness[rows],
            self.settles[rows],
        )


def near_people(
    gallery: Gallery, index: NeighbourIndex, sure: NDArray[np.int64], about: int | None = None
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return each person with those whose means (`index`) are near by, as places in `gallery.people`, (m,) each.

    The place of the one whom all are `about` stands beside everybody. Of two people the one in `sure` (whom the user
    confirmed) is the second side; if both or neither, the larger. Pairs whose first side has most faces come first.
    """
    count = len(gallery.people)
    found = index.neighbours_of(np.arange(count), min(_NEAR_PEOPLE, max(count - 1, 1)))
    first = np.repeat(np.arange(count), found.indices.shape[1])
    second = found.indices.ravel().astype(np.int64)
    if about is not None:
        others = np.setdiff1d(np.arange(count), [about])
        first, second = np.concatenate([first, others]), np.concatenate([second, np.full(len(others), about)])
    first, second = first[second >= 0], second[second >= 0]
    standing = np.isin(gallery.people, sure) * (int(gallery.sizes.max(initial=0)) + 1) + gallery.sizes
    order = np.lexsort((np.arange(count), standing))
    standing[order] = np.arange(count)
    swapped = standing[first] > standing[second]
    keys = np.unique(np.where(swapped, second * count + first, first * count + second))
    keys = keys[np.argsort(-gallery.sizes[keys // max(count, 1)], kind="stable")]
    return keys // max(count, 1), keys % max(count, 1)


def pairs_of_people(
    faces: Faces, gallery: Gallery, smaller: NDArray[np.int64], larger: NDArray[np.int64]
) -> Candidates:
    """Say how like each other two people are, given as places (m,); up to 8 faces of the first side bear witness."""
    rows, lengths = gallery.some_members(smaller, _WITNESSES)
    pair = np.repeat(np.arange(len(smaller)), lengths)
    likeness = gallery.likeness(faces.at(rows), gallery.people[larger[pair]])
    # Of several faces the mean counts: the average of what each says, over how long their mean vector is.
    witnessed = sums_by(faces.vectors, rows, pair, len(smaller), np.ones(len(rows), np.float32))
    average = np.bincount(pair, likeness, len(smaller)) / np.maximum(np.linalg.norm(witnessed, axis=1), 1e-9)
    return Candidates(
        np.zeros(len(smaller), bool),
        rows[np.cumsum(lengths) - lengths],
        gallery.people[smaller],
        gallery.people[larger],
        average.astype(np.float32),
        gallery.sizes[smaller].astype(np.int64),
    )


def pairs_of_faces(
    faces: Faces, people: NDArray[np.int64], gallery: Gallery, index: NeighbourIndex, about: int | None = None
) -> Candidates:
    """Pair each unsorted face with the people whose mean is nearest, and with the one whom all are `about`, a place."""
    unsorted = np.flatnonzero(people < 0)
    found = index.search(faces.vectors[unsorted], _NEAR_FACES).indices.astype(np.int64)
    if about is not None:
        missing = np.where((found == about).any(axis=1), -1, about)
        found = np.column_stack([found, missing])
    rows, places = np.repeat(unsorted, found.shape[1]), found.ravel()
    rows, places = rows[places >= 0], places[places >= 0]
    others = gallery.people[places]
    return Candidates(
        np.ones(len(rows), bool),
        rows,
        np.full(len(rows), -1, np.int64),
        others,
        gallery.likeness(faces.at(rows), others),
        np.ones(len(rows), np.int64),
    )
