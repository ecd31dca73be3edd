import math

import pytest

from trainer.choices import ScheduleName
from trainer.schedules import rate_factor
from trainer.sections import ScheduleConfig


def test_warm_up_rises_linearly_to_one() -> None:
    config = ScheduleConfig(warm_up=4)
    assert [rate_factor(step, 20, config) for step in range(5)] == [0.25, 0.5, 0.75, 1.0, 1.0]


def test_cosine_falls_to_zero() -> None:
    config = ScheduleConfig(name=ScheduleName.COSINE)
    assert rate_factor(0, 10, config) == 1.0
    assert rate_factor(5, 10, config) == pytest.approx(0.5)
    assert rate_factor(9, 10, config) == pytest.approx(0.5 * (1 + math.cos(0.9 * math.pi)))


def test_poly_and_constant() -> None:
    assert rate_factor(5, 10, ScheduleConfig(name=ScheduleName.POLY, power=2.0)) == 0.25
    assert rate_factor(9, 10, ScheduleConfig(name=ScheduleName.CONSTANT)) == 1.0


def test_milestones_count_from_the_first_step() -> None:
    config = ScheduleConfig(name=ScheduleName.STEP, warm_up=2, milestones=(5, 8), factor=0.1)
    factors = [rate_factor(step, 10, config) for step in range(10)]
    assert factors == pytest.approx([0.5, 1, 1, 1, 1, 0.1, 0.1, 0.1, 0.01, 0.01])


@pytest.mark.parametrize("name", list(ScheduleName))
def test_every_step_of_every_schedule_is_positive(name: ScheduleName) -> None:
    config = ScheduleConfig(name=name, warm_up=3, milestones=(6,))
    assert all(0 < rate_factor(step, 12, config) <= 1 for step in range(12))
