"""What a likeness means by the quality of both sides: pairs of good and bad faces, and what a card says by them.

The model is that of `engine.similarity.ByQuality`; its figures are found by penalised logistic regression, both kinds
of pairs weighing the same in every band of both qualities.
"""

from dataclasses import dataclass

import numpy as np
from degrading import Degraded
from labelled import Labelled
from numpy.typing import NDArray

from engine.by_quality import GOOD, MOST_FACES, ByQuality
from engine.similarity import Calibration

KNOTS = (0.0, 0.2, 0.45, 0.8, 0.93, 1.0)
"""Qualities for which figures are found; between them they are interpolated."""

BOTH = 4
"""Up to `GOOD`, which is the last of so many knots, the other side may be as bad."""

SIZES = (1, 3, 12)
"""How many faces are behind the larger side of a pair."""

MEANS, STRANGERS, PAIRS = 40, 300, 300_000
"""Three times how many means of each size, strangers compared with each, and pairs of strangers, at most."""

_BANDS = (0.08, 0.2, 0.35, 0.6, 0.9, 0.97)
_OTHER_BANDS = (0.1, 0.3, 0.5, 0.8)
_MOST = 300
"""A band of more pairs of one person counts as one of so many."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pairs:
    """m pairs: the cosine, whether both are one person, both qualities, faces behind the larger side, (m,) each."""

    similarity: Numbers
    same: NDArray[np.bool_]
    quality: Numbers
    other: Numbers
    faces: NDArray[np.int64]

    def at(self, rows: NDArray[np.bool_]) -> "Pairs":
        """Return the pairs at these rows."""
        kept = (self.similarity, self.same, self.quality, self.other, self.faces)
        return Pairs(*[column[rows] for column in kept])

    @property
    def low(self) -> Numbers:
        """The quality of the worse side, (m,)."""
        return np.minimum(self.quality, self.other)

    @property
    def high(self) -> Numbers:
        """The quality of the better side, (m,)."""
        return np.maximum(self.quality, self.other)


def with_bad_ones(faces: Labelled, bad: Degraded) -> Labelled:
    """Return the faces that the key names, as they are and made bad."""
    named = faces.at(np.flatnonzero(faces.people >= 0))
    columns = [
        np.concatenate([getattr(named, what), getattr(bad, what)])
        for what in ("vectors", "people", "photos", "quality")
    ]
    return Labelled(*columns, faces.names)


def pairs_among(faces: Labelled, people: NDArray[np.int64], rng: np.random.Generator) -> Pairs:
    """Return pairs of the placed faces of these people: all of one person, some of two, and faces beside means."""
    part = faces.of(people)
    first, second = np.triu_indices(len(part.people), 1)
    apart = part.photos[first] != part.photos[second]
    first, second = first[apart], second[apart]
    same = part.people[first] == part.people[second]
    kept = same | (rng.random(len(same)) < PAIRS / len(same))
    first, second, same = first[kept], second[kept], same[kept]
    similarity = np.einsum("ij,ij->i", part.vectors[first], part.vectors[second])
    found = [(similarity, same, part.quality[first], part.quality[second], np.ones(len(same), np.int64))]
    for size in SIZES[1:]:
        for person in rng.choice(people, 3 * MEANS).tolist():
            found += _beside_mean(part, person, size, rng)
    return Pairs(*[np.concatenate(column) for column in zip(*found, strict=True)])


def _beside_mean(
    part: Labelled, person: int, size: int, rng: np.random.Generator
) -> list[tuple[NDArray[np.float32], NDArray[np.bool_], NDArray[np.float32], NDArray[np.float32], NDArray[np.int64]]]:
    """Return the pairs of a mean of a person's faces with the other faces, none where the person has too few."""
    theirs = rng.permutation(np.flatnonzero(part.people == person))
    if len(theirs) < size + 2:
        return []
    shown, mean = theirs[:size], part.vectors[theirs[:size]].mean(axis=0)
    others = np.flatnonzero(~np.isin(part.photos, part.photos[shown]))
    own = part.people[others] == person
    others = np.concatenate([others[own], rng.permutation(others[~own])[:STRANGERS]])
    best = np.full(len(others), part.quality[shown].max(), np.float32)
    similarity = part.vectors[others] @ (mean / np.linalg.norm(mean))
    return [(similarity, part.people[others] == person, part.quality[others], best, np.full(len(others), size))]


def fitted(pairs: Pairs, calibration: Calibration) -> ByQuality:
    """Return the figures for a card that these pairs give, rounded."""
    inputs, weights = _inputs(pairs, calibration), _weights(pairs)
    count = len(KNOTS)
    start = np.concatenate([np.ones(count), [-2, -2.5, -3, -4, -5, -6], [-0.2], [5, 9, 15, 15], [-1.2, -1.5, -2.2, -2]])
    # By the likelihood ratio of a normal and a broad spread slopes are 1; what few bad pairs say about theirs is noise.
    firm = np.concatenate([np.full(count, 100.0), np.full(count, 0.1), [20], np.full(BOTH, 0.05), np.full(BOTH, 2)])
    values = start.copy()
    for _ in range(80):
        chance = 1 / (1 + np.exp(-inputs @ values))
        gradient = inputs.T @ (weights * (chance - pairs.same)) + firm * (values - start)
        curvature = (inputs * (weights * chance * (1 - chance))[:, None]).T @ inputs + np.diag(firm)
        step = np.linalg.solve(curvature, gradient)
        values -= step * min(1.0, 5 / float(np.abs(step).max()))
        if np.abs(step).max() < 1e-6:
            break
    slope, level, faces = values[:count], values[count : 2 * count], values[2 * count]
    both_slope, both_level = np.pad(values[2 * count + 1 :].reshape(2, BOTH), ((0, 0), (0, count - BOTH)), mode="edge")
    rows = np.round(np.column_stack([KNOTS, slope, level, both_slope, both_level]), 2)
    return ByQuality(tuple(map(tuple, rows.tolist())), round(float(faces), 2))


def _inputs(pairs: Pairs, calibration: Calibration) -> Numbers:
    """Return what the logit of each pair is linear in, (m, 2 · knots + 1 + 2 · BOTH)."""
    surprise = calibration.surprise(pairs.similarity.astype(np.float32)).astype(np.float64)[:, None]
    knots = np.stack([np.interp(pairs.low, KNOTS, row) for row in np.eye(len(KNOTS))], axis=1)
    lacking = (np.clip((GOOD - pairs.high) / np.maximum(GOOD - pairs.low, 1e-6), 0, 1))[:, None]
    lone, both = knots * (1 - lacking), (knots * lacking)[:, :BOTH]
    many = np.log(np.minimum(pairs.faces, MOST_FACES))[:, None]
    return np.concatenate([lone * surprise, lone, many, both * pairs.similarity[:, None], both], axis=1)


def _weights(pairs: Pairs) -> Numbers:
    """Return weights that make both kinds of pairs the same in every band, (m,); a band of few counts for nothing."""
    band = np.digitize(pairs.low, _BANDS) * 10 + np.digitize(pairs.high, _OTHER_BANDS)
    band = band * 20 + pairs.faces
    weights = np.zeros(len(band))
    for one in np.unique(band).tolist():
        same, other = (band == one) & pairs.same, (band == one) & ~pairs.same
        if min(same.sum(), other.sum()) >= 5:
            total = min(int(same.sum()), _MOST) / 2
            weights[same], weights[other] = total / same.sum(), total / other.sum()
    return weights
