"""Pairs that may be one person: people whose means are near each other, and unsorted faces with people near them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.clustering.likeness import Faces, Gallery
from engine.clustering.neighbours import NeighbourIndex

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


def likely_pairs(faces: Faces, people: NDArray[np.int64], gallery: Gallery, sure: NDArray[np.int64]) -> Candidates:
    """Return for every person and every unsorted face the people nearest to it, with their likeness.

    Of two people the one in `sure` (whom the user confirmed) is the second side; if both or neither, the larger.
    """
    if not len(gallery.people):
        none = np.empty(0, np.int64)
        return Candidates(np.empty(0, bool), none, none, none, np.empty(0, np.float32), none)
    index = NeighbourIndex(gallery.means())
    return _join(
        _pairs_of_people(faces, gallery, index, np.isin(gallery.people, sure)),
        _pairs_of_faces(faces, people, gallery, index),
    )


def _pairs_of_people(faces: Faces, gallery: Gallery, index: NeighbourIndex, sure: NDArray[np.bool_]) -> Candidates:
    """Pair each person with those near by; up to 8 faces of the first side bear witness."""
    count = len(gallery.people)
    found = index.neighbours_of(np.arange(count), min(_NEAR_PEOPLE, max(count - 1, 1)))
    first = np.repeat(np.arange(count), found.indices.shape[1])
    second = found.indices.ravel().astype(np.int64)
    first, second = first[second >= 0], second[second >= 0]
    standing = sure * (int(gallery.sizes.max()) + 1) + gallery.sizes
    order = np.lexsort((np.arange(count), standing))
    standing[order] = np.arange(count)
    swapped = standing[first] > standing[second]
    keys = np.unique(np.where(swapped, second * count + first, first * count + second))
    smaller, larger = keys // count, keys % count
    witnesses = [_evenly(gallery.members(int(gallery.people[place]))) for place in smaller]
    lengths = np.array([len(rows) for rows in witnesses], np.int64)
    rows = np.concatenate([*witnesses, np.empty(0, np.int64)])
    pair = np.repeat(np.arange(len(smaller)), lengths)
    likeness = gallery.likeness(faces.at(rows), gallery.people[larger[pair]])
    average = np.bincount(pair, likeness, len(smaller)) / np.maximum(lengths, 1)
    return Candidates(
        np.zeros(len(smaller), bool),
        np.array([rows[0] for rows in witnesses], np.int64),
        gallery.people[smaller],
        gallery.people[larger],
        average.astype(np.float32),
        gallery.sizes[smaller].astype(np.int64),
    )


def _pairs_of_faces(faces: Faces, people: NDArray[np.int64], gallery: Gallery, index: NeighbourIndex) -> Candidates:
    """Pair each unsorted face with the people whose mean is nearest."""
    unsorted = np.flatnonzero(people < 0)
    found = index.search(faces.vectors[unsorted], _NEAR_FACES)
    rows = np.repeat(unsorted, _NEAR_FACES)
    places = found.indices.ravel().astype(np.int64)
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


def _evenly(rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return at most eight of the rows, evenly spread."""
    shown = min(len(rows), _WITNESSES)
    return rows[np.arange(shown) * len(rows) // shown]


def _join(first: Candidates, second: Candidates) -> Candidates:
    return Candidates(
        np.concatenate([first.alone, second.alone]),
        np.concatenate([first.faces, second.faces]),
        np.concatenate([first.people, second.people]),
        np.concatenate([first.others, second.others]),
        np.concatenate([first.likeness, second.likeness]),
        np.concatenate([first.settles, second.settles]),
    )
