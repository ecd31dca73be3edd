"""Measuring what similarities mean for one embedding model, and where they are compared, from known people's faces."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.clustering.answer_probability import fit_logistic
from engine.clustering.neighbours import Vectors
from engine.similarity import Calibration, Space

SHARES = (0.5, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005, 0.0002, 0.0001)
"""The shares of pairs of different people whose similarity a calibration states."""

_MOST = 4000


@dataclass(frozen=True, slots=True)
class Measured:
    """A calibration, and the share of pairs that are taken for what they are not where both kinds of error are even."""

    calibration: Calibration
    equal_error_rate: float


@dataclass(frozen=True, slots=True)
class _Pairs:
    """All pairs of some faces: their similarity, whether both are one person, and weights that add up to 1 each."""

    similarity: NDArray[np.float64]
    same: NDArray[np.bool_]
    weights: NDArray[np.float64]
    faces: int
    people: int
    repeated: int


def measure_calibration(vectors: Vectors, people: NDArray[np.integer], seed: int = 0) -> Calibration:
    """Return the calibration of a model; see `measure`."""
    return measure(vectors, people, seed).calibration


def measure(vectors: Vectors, people: NDArray[np.integer], seed: int = 0) -> Measured:
    """Return the calibration of the model that made these unit embeddings (n, d) of people (n,).

    Every pair of two people counts the same however many faces they have, and every person by the root of the pairs of
    that person's faces. At most 4,000 faces, drawn by `seed`, are compared. Shares smaller than one pair of people are
    left out. The logistic aims at Platt's targets, a little off 0 and 1 by the number of people, without which it would
    be a step where a few people are told apart without a fault. Raises ValueError without two people or without a
    person with two faces.
    """
    pairs = _pairs(vectors, people, seed)
    different = pairs.people * (pairs.people - 1) / 2
    other = ~pairs.same
    tail = _tail(pairs.similarity[other], pairs.weights[other], 1 / different)
    targets = np.where(pairs.same, (pairs.repeated + 1) / (pairs.repeated + 2), 1 / (different + 2))
    weights = pairs.weights * pairs.faces
    slope, intercept = fit_logistic(pairs.similarity, targets, weights, (20.0, -7.0))
    calibration = Calibration(tail, round(slope, 2), round(intercept, 2), pairs.people)
    return Measured(calibration, _equal_error_rate(pairs))


def _pairs(vectors: Vectors, people: NDArray[np.integer], seed: int) -> _Pairs:
    rows = np.sort(np.random.default_rng(seed).permutation(len(vectors))[:_MOST])
    chosen, place, sizes = np.unique(people[rows], return_inverse=True, return_counts=True)
    if len(chosen) < 2 or sizes.max() < 2:
        raise ValueError("a calibration needs two people or more, one of them with two faces")
    first, second = np.triu_indices(len(rows), 1)
    sample = vectors[rows].astype(np.float32)
    similarity = (sample @ sample.T)[first, second].astype(np.float64)
    same = place[first] == place[second]
    own = sizes[place[first]].astype(np.float64)
    weights = np.where(same, 1 / np.sqrt(np.maximum(own * (own - 1) / 2, 1)), 1 / (own * sizes[place[second]]))
    weights[same] /= weights[same].sum()
    weights[~same] /= weights[~same].sum()
    return _Pairs(similarity, same, weights, len(rows), len(chosen), int((sizes > 1).sum()))


def _equal_error_rate(pairs: _Pairs) -> float:
    """Return the rate at which as many pairs of one person are refused as pairs of two are accepted."""
    order = np.argsort(-pairs.similarity, kind="stable")
    accepted = np.cumsum(np.where(pairs.same, 0, pairs.weights)[order])
    refused = 1 - np.cumsum(np.where(pairs.same, pairs.weights, 0)[order])
    place = int(np.argmax(accepted >= refused))
    return float((accepted[place] + refused[place]) / 2)


def measure_space(vectors: Vectors, people: NDArray[np.integer], seed: int = 0) -> Space:
    """Return the space in which the model's unit embeddings (n, d) of people (n,) are best compared, with calibration.

    Every person counts once for the mean, and by the root of the number of faces for the look. Raises ValueError
    without two people or without a person with two faces.
    """
    _, place, sizes = np.unique(people, return_inverse=True, return_counts=True)
    means = np.zeros((len(sizes), vectors.shape[1]))
    np.add.at(means, place, vectors / sizes[place][:, None])
    own = (vectors - means[place]) / np.sqrt(np.sqrt(sizes[place]))[:, None]
    look = np.linalg.eigh(own.T @ own)[1][:, -1]
    # The sign of a direction is free; the largest coordinate is made positive.
    look *= np.sign(look[np.abs(look).argmax()])
    mean = tuple(round(float(value), 5) for value in means.mean(axis=0))
    space = Space(mean, tuple(round(float(value), 5) for value in look), Calibration(((0.0, 0.5), (1.0, 0.1)), 1, 0))
    placed = np.array(vectors, np.float32)
    space.place(placed)
    return replace(space, calibration=measure_calibration(placed, people, seed))


def _tail(
    similarity: NDArray[np.float64], weights: NDArray[np.float64], least: float
) -> tuple[tuple[float, float], ...]:
    """Return (similarity, share of weight at or above it), the shares falling, each similarity once."""
    order = np.argsort(-similarity, kind="stable")
    reached = np.cumsum(weights[order])
    points: dict[float, float] = {}
    for share in SHARES:
        if share >= least or len(points) < 2:
            row = min(int(np.searchsorted(reached, share)), len(order) - 1)
            points.setdefault(round(float(similarity[order[row]]), 3), share)
    return tuple(points.items())
