"""New faces join people by a vote of their nearest neighbours, without clustering the library again.

The cost is that of one search of the new faces among the known ones. A face that nobody recognises clearly stays out.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.clustering.constraints import Pairs
from engine.clustering.default import MARGIN, stray_similarity
from engine.clustering.likeness import Faces, Gallery
from engine.clustering.neighbours import nearest_among
from engine.similarity import Calibration

_VOTERS = 24
_CANDIDATES = 4
_CONFIRMED = 2.0
"""How many votes a face has that the user confirmed."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the library holds: faces, whose they are (n,) int64 (−1 unsorted), and which of that the user confirmed."""

    faces: Faces
    people: NDArray[np.int64]
    confirmed: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Votes:
    """Who the m new faces are.

    `people` (m,) int64, −1 for nobody; `likeness` (m,) float32 to the most similar person, joined or not, −1 where
    nobody was asked; `probability` (m,) float32 that the face is that person.
    """

    people: NDArray[np.int64]
    likeness: NDArray[np.float32]
    probability: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Ballot:
    """The people proposed for each new face, (m, c), −1 for none, and how much the face is like each."""

    people: NDArray[np.int64]
    likeness: NDArray[np.float32] = field(repr=False)


def vote(new: Faces, known: Known, *, calibration: Calibration, refused: Pairs | None = None) -> Votes:
    """Say for every new face which person it joins.

    `refused` (r, 2) holds (row of the new face, person). A face never joins somebody it was refused for, nor somebody
    who is already in its photo; if the most similar person is one of these, it joins nobody. Of several new faces of
    one photo only the most similar joins a person.
    """
    ballot = _ballot(new, known, calibration)
    forbidden = _refused(ballot, refused) | _in_photo(ballot, new, known)
    order = np.argsort(-ballot.likeness, axis=1, kind="stable")
    ranked = np.take_along_axis(ballot.likeness, order, axis=1)
    best = np.take_along_axis(ballot.people, order, axis=1)[:, 0]
    likeness, second = ranked[:, 0], np.maximum(ranked[:, 1], 0)
    people_count = len(np.unique(known.people[known.people >= 0]))
    lowest = stray_similarity(calibration, people_count)
    joins = (best >= 0) & (likeness >= lowest) & (likeness - second >= MARGIN)
    joins &= ~np.take_along_axis(forbidden, order, axis=1)[:, 0]
    joins &= _first_of_photo(new.photos, best, np.where(joins, likeness, -2))
    probability = np.array([calibration.same_probability(float(value)) for value in likeness], np.float32)
    return Votes(np.where(joins, best, -1), likeness, probability)


def _ballot(new: Faces, known: Known, calibration: Calibration) -> _Ballot:
    """Let the nearest sorted faces vote, weighted by the probability of a match, and measure the first candidates."""
    rows = np.flatnonzero(known.people >= 0)
    people = np.full((len(new.vectors), _CANDIDATES), -1, np.int64)
    if len(rows) and len(new.vectors):
        found = nearest_among(new.vectors, known.faces.vectors, rows, _VOTERS)
        weights = 1 / (1 + np.exp(-(calibration.slope * found.similarities + calibration.intercept)))
        weights *= np.where(known.confirmed[found.indices], _CONFIRMED, 1.0)
        people = _most_voted(known.people[found.indices], weights)
    likeness = np.full(people.shape, -1, np.float32)
    asked = np.nonzero(people >= 0)
    gallery = Gallery(known.faces, known.people)
    likeness[asked] = gallery.likeness(new.at(asked[0]), people[asked])
    return _Ballot(people, likeness)


def _most_voted(voters: NDArray[np.int64], weights: NDArray[np.floating]) -> NDArray[np.int64]:
    """Return the people with most votes, (m, _CANDIDATES), most first, −1 where fewer were named."""
    chosen = np.full((len(voters), _CANDIDATES), -1, np.int64)
    for row, (named, weight) in enumerate(zip(voters, weights, strict=True)):
        people, place = np.unique(named, return_inverse=True)
        order = np.argsort(-np.bincount(place, weight), kind="stable")[:_CANDIDATES]
        chosen[row, : len(order)] = people[order]
    return chosen


def _refused(ballot: _Ballot, refused: Pairs | None) -> NDArray[np.bool_]:
    mask = np.zeros(ballot.people.shape, bool)
    for face, person in refused if refused is not None else ():
        mask[face] |= ballot.people[face] == person
    return mask


def _in_photo(ballot: _Ballot, new: Faces, known: Known) -> NDArray[np.bool_]:
    """Mark the candidates who already have a face in the photo of the new face, (m, c)."""
    shared = np.flatnonzero(np.isin(known.faces.photos, new.photos))
    present = set(zip(known.faces.photos[shared].tolist(), known.people[shared].tolist(), strict=True))
    rows = zip(new.photos.tolist(), ballot.people.tolist(), strict=True)
    pairs = [[photo >= 0 and (photo, person) in present for person in people] for photo, people in rows]
    return np.array(pairs, bool).reshape(ballot.people.shape)


def _first_of_photo(
    photos: NDArray[np.int64], people: NDArray[np.int64], likeness: NDArray[np.floating]
) -> NDArray[np.bool_]:
    """Mark the most similar face for each photo and person; faces of no known photo are all marked."""
    marked = np.zeros(len(photos), bool)
    taken: set[tuple[int, int]] = set()
    for row in np.argsort(-likeness, kind="stable").tolist():
        key = (int(photos[row]), int(people[row]))
        marked[row] = key[0] < 0 or key not in taken
        taken.add(key)
    return marked
