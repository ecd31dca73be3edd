"""Learning rates as pure functions of the step, so that resuming a run needs no state of its own."""

import math
from collections.abc import Callable

from trainer.choices import ScheduleName
from trainer.sections import ScheduleConfig

Fall = Callable[[int, int, ScheduleConfig], float]
"""(step after the warm-up, steps after the warm-up in all, settings) → factor of the highest learning rate."""


def _constant(_step: int, _steps: int, _config: ScheduleConfig) -> float:
    return 1.0


def _step(step: int, _steps: int, config: ScheduleConfig) -> float:
    """Multiply by `factor` at every milestone; milestones count from the first step of the run, warm-up included."""
    passed = sum(step + config.warm_up >= milestone for milestone in config.milestones)
    return float(config.factor**passed)


def _cosine(step: int, steps: int, _config: ScheduleConfig) -> float:
    """Half a cosine from 1 to 0 (SGDR, Loshchilov and Hutter, ICLR 2017, without restarts)."""
    return 0.5 * (1.0 + math.cos(math.pi * step / steps))


def _poly(step: int, steps: int, config: ScheduleConfig) -> float:
    """(1 − step/steps)^power, the schedule of partial FC's recipes."""
    return float((1.0 - step / steps) ** config.power)


SCHEDULES: dict[ScheduleName, Fall] = {
    ScheduleName.CONSTANT: _constant,
    ScheduleName.STEP: _step,
    ScheduleName.COSINE: _cosine,
    ScheduleName.POLY: _poly,
}


def rate_factor(step: int, steps: int, config: ScheduleConfig) -> float:
    """Return the share of the highest learning rate that step `step` (from 0) of `steps` uses, above 0 up to 1."""
    if step < config.warm_up:
        return (step + 1) / config.warm_up
    return SCHEDULES[config.name](step - config.warm_up, steps - config.warm_up, config)
