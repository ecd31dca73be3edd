"""95 % intervals by the bootstrap: people are drawn anew with return, and the figure is computed again."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from trainer.evaluation.pairs import Weights

ROUNDS = 500
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and its 95 % percentile interval, over `units` people (or pairs) drawn anew `ROUNDS` times.

    `low` and `high` are NaN where a figure could not be computed in nine of ten draws.
    """

    value: float
    low: float
    high: float
    units: int

    def __str__(self) -> str:
        return f"{self.value:.4f} [{self.low:.4f}, {self.high:.4f}]"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a figure is not given; `reason` is a sentence with the counts."""

    reason: str

    def __str__(self) -> str:
        return f"not given: {self.reason}"


def estimate(figure: Callable[[Weights], float], units: int, seed: int, rounds: int = ROUNDS) -> Estimate:
    """Compute `figure` with every unit counted once, and its interval over draws of the units.

    `figure` takes (units,) float64, how often each was drawn, and returns NaN where that draw leaves nothing to
    measure (all draws of one person, for instance).
    """
    draws = np.array([figure(drawn) for drawn in draw_units(units, seed, rounds)])
    return Estimate(figure(np.ones(units)), *_interval(draws), units)


def estimate_difference(
    ours: Callable[[Weights], float], theirs: Callable[[Weights], float], units: int, seed: int, rounds: int = ROUNDS
) -> Estimate:
    """Compute ours − theirs with the same draws for both: a paired interval. One that holds 0 shows no difference."""
    return estimate(lambda drawn: ours(drawn) - theirs(drawn), units, seed, rounds)


def draw_units(units: int, seed: int, rounds: int) -> Weights:
    """Return (rounds, units): how often each unit occurs in each draw of `units` with return."""
    generator = np.random.default_rng(seed)
    return generator.multinomial(units, np.full(units, 1 / units), size=rounds).astype(np.float64)


def _interval(draws: Weights) -> tuple[float, float]:
    good = draws[np.isfinite(draws)]
    if len(good) < 0.9 * len(draws):
        return float("nan"), float("nan")
    low, high = np.quantile(good, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)
