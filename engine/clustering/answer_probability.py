"""The probability that a match is right: the model card's values, moved by the user's own answers as these come in."""

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.similarity import Calibration

PRIOR_ANSWERS = 20.0
"""How many answers the card's values are worth."""

LEAST_SLOPE = 0.25
"""Part of the card's slope that stays, whatever the answers: more similar is never less likely the same person."""

EXPECTED_ANSWERS = 10.0
"""How many answers it is worth that as many yes come as the machine expects."""

_POINTS = 31
_STEPS = 50
_LEAST_CHANCE = 1e-4


@dataclass(frozen=True, slots=True)
class Leaning:
    """How much likelier or less likely a yes is in one library than the machine expects: a line through the logits."""

    slope: float = 1.0
    shift: float = 0.0

    def moved(self, chance: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what is expected (m,) with what was answered before in mind, (m,)."""
        return np.asarray(1 / (1 + np.exp(-(self.slope * _logits(chance) + self.shift))), np.float64)


def leaning(chance: NDArray[np.float64], same: NDArray[np.bool_], weight: NDArray[np.float64]) -> Leaning:
    """Return what answers make of what was expected of them (Platt 1999, with the expectation as pseudo-answers).

    `chance` (m,) is how likely a yes was, `same` (m,) whether it came, and `weight` (m,) for how many answers each
    stands. Without answers nothing is moved.
    """
    grid = np.linspace(-4, 4, _POINTS)
    points = np.concatenate([grid, _logits(chance)])
    targets = np.concatenate([1 / (1 + np.exp(-grid)), np.asarray(same, np.float64)])
    weights = np.concatenate([np.full(_POINTS, EXPECTED_ANSWERS / _POINTS), weight])
    slope, shift = fit_logistic(points, targets, weights, (1.0, 0.0))
    if slope < LEAST_SLOPE:
        slope, shift = LEAST_SLOPE, _intercept(points, targets, weights, LEAST_SLOPE)
    return Leaning(slope, shift)


def personal_calibration(
    prior: Calibration,
    similarity: NDArray[np.floating],
    same: NDArray[np.bool_],
    quality: NDArray[np.floating] | float = 1.0,
    other: NDArray[np.floating] | float = 1.0,
) -> Calibration:
    """Return the calibration that the user's answers make of the card's (Platt 1999, with the card as pseudo-answers).

    `similarity` (m,) are the likenesses of pairs that the user judged, `same` (m,) the verdicts: confirmed or refused,
    `quality` and `other` (m,) those of the two sides. With no answers the slope and intercept are the card's;
    `PRIOR_ANSWERS` answers weigh as much as the card. What the answers do to the card's logits they do at any quality.
    """
    if len(similarity) != len(same):
        raise ValueError(f"{len(similarity)} similarities for {len(same)} answers")
    middle = -prior.intercept / prior.slope
    grid = middle + np.linspace(-4, 4, _POINTS) / prior.slope
    expected = np.array([prior.same_probability(float(point)) for point in grid])
    # A pair of any quality counts as the pair of good faces that is as likely.
    alike = (prior.logits(similarity, quality, other) - prior.intercept) / prior.slope
    points = np.concatenate([grid, alike])
    targets = np.concatenate([expected, np.asarray(same, np.float64)])
    weights = np.concatenate([np.full(_POINTS, PRIOR_ANSWERS / _POINTS), np.ones(len(same))])
    slope, intercept = fit_logistic(points, targets, weights, (prior.slope, prior.intercept))
    least = prior.slope * LEAST_SLOPE
    if slope < least:
        slope, intercept = least, _intercept(points, targets, weights, least)
    turn = slope / prior.slope
    shift = intercept - turn * prior.intercept
    by_quality = prior.by_quality and prior.by_quality.turned(turn, shift)
    return replace(prior, slope=slope, intercept=intercept, by_quality=by_quality)


def fit_logistic(
    points: NDArray[np.float64], targets: NDArray[np.float64], weights: NDArray[np.float64], start: tuple[float, float]
) -> tuple[float, float]:
    """Fit a logistic curve with rising slope by damped Newton steps; the loss is convex, so there is one answer."""
    inputs = np.column_stack([points, np.ones(len(points))])
    values = np.array(start)
    loss = _loss(inputs, targets, weights, values)
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(inputs @ values, -500, 500)))
        gradient = inputs.T @ (weights * (chance - targets))
        curvature = (inputs * (weights * chance * (1 - chance))[:, None]).T @ inputs + 1e-9 * np.eye(2)
        step = np.linalg.solve(curvature, gradient)
        while not (better := _loss(inputs, targets, weights, values - step)) <= loss and np.abs(step).max() > 1e-12:
            step /= 2
        if loss - better < 1e-10:
            break
        values, loss = values - step, better
    return float(values[0]), float(values[1])


def _logits(chance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return ln(p / (1 - p)) of each chance (m,), none of them quite 0 or 1."""
    inside = np.clip(chance, _LEAST_CHANCE, 1 - _LEAST_CHANCE)
    return np.asarray(np.log(inside / (1 - inside)), np.float64)


def _intercept(
    points: NDArray[np.float64], targets: NDArray[np.float64], weights: NDArray[np.float64], slope: float
) -> float:
    """Fit the intercept alone by bisection: the expected number of matches rises with it."""
    low, high = -500.0, 500.0
    for _ in range(80):
        middle = (low + high) / 2
        chance = 1 / (1 + np.exp(-np.clip(slope * points + middle, -500, 500)))
        low, high = (middle, high) if (weights * (chance - targets)).sum() < 0 else (low, middle)
    return (low + high) / 2


def _loss(
    inputs: NDArray[np.float64], targets: NDArray[np.float64], weights: NDArray[np.float64], values: NDArray[np.float64]
) -> float:
    logits = inputs @ values
    total = float((weights * (np.logaddexp(0, logits) - targets * logits)).sum())
    return total if math.isfinite(total) else math.inf
