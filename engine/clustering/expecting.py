"""How likely matches are where somebody is asked about them: most who are left over are nobody known.

A likelihood at equal odds says how much a likeness speaks for one person. But whoever grouping has left alone is a
stranger far more often than not, and was compared with everybody, so that the most alike of many is alike by chance.
How many of those in question are somebody known is found from their likenesses themselves by expectation and
maximisation (Dempster, Laird and Rubin 1977), as the share of true effects among many tests is (Efron, Large-scale
inference, 2010). What that is worth, and what was tried, is in benchmarks/RESULTS.md ("Questions").
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.clustering.default import needed_evidence
from engine.similarity import Calibration

SOMEBODY, STRANGERS = 3.0, 7.0
"""Before anything is seen: as if of ten subjects so many had been somebody known, and so many nobody."""

LEAST_APART = 0.02
"""However good two faces are, grouping leaves at least so many pairs of one person apart."""

_STEPS = 60
_MOST_NATS = 50.0
_POINTS = 32


@dataclass(frozen=True, slots=True)
class Alike:
    """Pairs of a subject and another, (m,) each, whom grouping has left apart.

    `similarity`, the `quality` of either side (`other`) and `faces` are what `Calibration.probability` takes;
    `subjects` tell who the first side is.
    """

    similarity: NDArray[np.float32]
    quality: NDArray[np.float32]
    other: NDArray[np.float32]
    faces: NDArray[np.int64]
    subjects: NDArray[np.int64]

    def __add__(self, other: "Alike") -> "Alike":
        """Return these pairs and then the others."""
        return Alike(
            np.concatenate([self.similarity, other.similarity]),
            np.concatenate([self.quality, other.quality]),
            np.concatenate([self.other, other.other]),
            np.concatenate([self.faces, other.faces]),
            np.concatenate([self.subjects, other.subjects]),
        )

    def at(self, rows: NDArray[np.intp]) -> "Alike":
        """Return the pairs at these rows."""
        return Alike(self.similarity[rows], self.quality[rows], self.other[rows], self.faces[rows], self.subjects[rows])


def chances(pairs: Alike, calibration: Calibration, count: int, people: int) -> NDArray[np.float64]:
    """Return how likely the two of each pair are one person, (m,) float64, among so many subjects and people.

    Subjects of whom there is no pair are like nobody. Each is at most one of the people, all equally likely before.
    """
    if not len(pairs.subjects):
        return np.empty(0)
    nats = calibration.logits(pairs.similarity, pairs.quality, pairs.other, pairs.faces)
    nats = nats - _left_apart(pairs, calibration, needed_evidence(people))
    place = np.unique(pairs.subjects, return_inverse=True)[1]
    odds = np.exp(np.clip(nats, -_MOST_NATS, _MOST_NATS)) / max(people, 1)
    share = SOMEBODY / (SOMEBODY + STRANGERS)
    for _ in range(_STEPS):
        found = _shares(odds, place, share)
        before, share = share, (SOMEBODY + float(found.sum())) / (SOMEBODY + STRANGERS + count)
        if abs(share - before) < 1e-6:
            break
    return _shares(odds, place, share)


def without(
    chance: NDArray[np.float64], subjects: NDArray[np.int64], refused: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return the chances (m,) of pairs, now that it is known of some that they are two: these are 0."""
    place = np.unique(subjects, return_inverse=True)[1]
    lost = np.bincount(place, np.where(refused, chance, 0))[place]
    return np.asarray(np.where(refused, 0, chance / np.maximum(1 - lost, 1e-9)), np.float64)


def _shares(odds: NDArray[np.float64], place: NDArray[np.intp], share: float) -> NDArray[np.float64]:
    """Return each pair's probability where this share of the subjects is somebody known."""
    weighed = share * odds
    return np.asarray(weighed / (1 - share + np.bincount(place, weighed))[place], np.float64)


def _left_apart(pairs: Alike, calibration: Calibration, asked: float) -> NDArray[np.float64]:
    """Return ln of how many pairs of one person, of these qualities, grouping leaves apart, (m,).

    Those that it joins are none of the pairs in question, so that a likeness among these says so much more: it is the
    likelihood ratio, integrated over strangers who are less alike than grouping asks, in nats.
    """
    tails = np.geomspace(1, math.exp(-asked), _POINTS + 1)
    total = np.zeros(len(pairs.subjects))
    for tail, weight in zip(np.sqrt(tails[1:] * tails[:-1]).tolist(), -np.diff(tails), strict=True):
        alike = np.full(len(total), calibration.similarity_at(tail), np.float32)
        logits = calibration.logits(alike, pairs.quality, pairs.other, pairs.faces)
        total += weight * np.exp(np.clip(logits, -_MOST_NATS, _MOST_NATS))
    return np.asarray(np.log(np.clip(total, LEAST_APART, 1)), np.float64)
