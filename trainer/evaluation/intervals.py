"""95 % intervals by the bootstrap: people are drawn anew with return, and the figure is computed again."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.words import Sentence, sentence
from trainer.evaluation.pairs import Weights

ROUNDS = 500
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure that can be computed again for other draws of the people.

    `compute` takes (units,) float64, how often each unit was drawn, and returns NaN where that draw leaves nothing to
    measure (all draws of one person, for instance).
    """

    compute: Callable[[Weights], float]
    units: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a figure is not given; `reason` is a sentence with the counts."""

    reason: str

    def __str__(self) -> str:
        return self.sentence()

    def sentence(self) -> Sentence:
        """Return what stands in place of the figure."""
        return sentence("not given: {reason}", reason=self.reason)


Measures = dict[str, Measure | Refusal]
"""By the figure's name as it stands in a report."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and its 95 % percentile interval, over `units` people (or pairs) drawn anew.

    `low` and `high` are NaN where the figure could not be computed in nine of ten draws.
    """

    value: float
    low: float
    high: float
    units: int

    def __str__(self) -> str:
        return f"{self.value:.4f} [{self.low:.4f}, {self.high:.4f}]"

    @property
    def differs_from_zero(self) -> bool:
        """Whether the interval lies on one side of 0: what a paired difference needs to be called real."""
        return self.low > 0 or self.high < 0


Estimates = dict[str, Estimate | Refusal]


def estimate(measures: Measures, seed: int, rounds: int = ROUNDS) -> Estimates:
    """Compute each measure with every unit counted once, and its interval over `rounds` draws of the units.

    All measures see the same draws, one draw after the other, so that they can share what a draw costs.
    """
    real = {name: measure for name, measure in measures.items() if isinstance(measure, Measure)}
    draws: dict[str, list[float]] = {name: [] for name in real}
    for units in sorted({measure.units for measure in real.values()}):
        for drawn in draw_units(units, seed, rounds):
            for name, measure in real.items():
                if measure.units == units:
                    draws[name].append(measure.compute(drawn))
    values = {name: measure.compute(np.ones(measure.units)) for name, measure in real.items()}
    return {
        name: measure
        if isinstance(measure, Refusal)
        else Estimate(values[name], *_interval(np.array(draws[name])), measure.units)
        for name, measure in measures.items()
    }


def differences(ours: Measures, theirs: Measures) -> Measures:
    """Return ours − theirs for every figure that both have: estimated, a paired interval.

    An interval that holds 0 shows no difference.
    """
    return {name: _difference(measure, theirs[name]) for name, measure in ours.items() if name in theirs}


def _difference(ours: Measure | Refusal, theirs: Measure | Refusal) -> Measure | Refusal:
    if isinstance(ours, Refusal):
        return ours
    if isinstance(theirs, Refusal):
        return theirs
    if ours.units != theirs.units:
        raise ValueError(f"a paired difference needs the same units: {ours.units} and {theirs.units}")
    return Measure(lambda drawn: ours.compute(drawn) - theirs.compute(drawn), ours.units)


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
