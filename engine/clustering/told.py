"""Pairs that grouping left apart and of which somebody said what they are: what a yes or a no teaches of the others."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.clustering.candidates import pairs_of_people
from engine.clustering.default import needed_evidence
from engine.clustering.expecting import Alike
from engine.clustering.joined import parts_joined
from engine.clustering.likeness import Gallery
from engine.clustering.questions import Answers, Sorted
from engine.similarity import Calibration


@dataclass(frozen=True, slots=True)
class Told:
    """The pairs (m,), whether they are one person, (m,) bool, and how many answers each stands for, (m,)."""

    pairs: Alike
    same: NDArray[np.bool_]
    weight: NDArray[np.float64]


def told_pairs(
    state: Sorted, gallery: Gallery, best: NDArray[np.float32], answers: Answers, calibration: Calibration
) -> Told:
    """Return what was said of pairs of the kind that is asked about; `best` (people,) is the quality of each at best.

    What grouping would have joined by itself is of another kind, and left out.
    """
    joined = parts_joined(state, calibration)
    refused = _refused_faces(state, gallery, best, answers) + _refused_people(state, gallery, best, answers)
    surprise = calibration.surprise(refused.similarity)
    refused = refused.at(np.flatnonzero(surprise < needed_evidence(len(gallery.people))))
    same = np.repeat([True, False], [len(joined.pairs.subjects), len(refused.subjects)])
    return Told(joined.pairs + refused, same, np.where(same, float(joined.stands_for), 1.0))


def _refused_faces(state: Sorted, gallery: Gallery, best: NDArray[np.float32], answers: Answers) -> Alike:
    """Return the faces that were refused for people who are there."""
    rows, people = answers.rejected.T
    there = np.flatnonzero(np.isin(people, gallery.people) & (state.people[rows] != people))
    rows, people = rows[there], people[there]
    likeness = gallery.likeness(state.faces.at(rows), people)
    return Alike(likeness, state.quality[rows], best[people], gallery.sizes[gallery.rank(people)], rows)


def _refused_people(state: Sorted, gallery: Gallery, best: NDArray[np.float32], answers: Answers) -> Alike:
    """Return the people who were told apart, the smaller first."""
    pairs = answers.distinct[np.isin(answers.distinct, gallery.people).all(axis=1)]
    places = gallery.rank(pairs.ravel()).reshape(-1, 2)
    by_size = np.argsort(gallery.sizes[places], axis=1, kind="stable")
    smaller, larger = np.take_along_axis(places, by_size, axis=1).T
    found = pairs_of_people(state.faces, gallery, smaller, larger)
    quality = best[found.people], best[found.others]
    return Alike(found.likeness, *quality, gallery.sizes[larger], -1 - found.people)
