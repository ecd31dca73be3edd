"""A network that torch translates for its device learns what it learns otherwise, and its checkpoints are alike."""

import shutil
from collections.abc import Callable
from typing import Any

import pytest
import torch

from trainer.config import TrainingConfig
from trainer.loop import RunFaces, train
from trainer.quickest import LEAST_GAIN, Way, choose
from trainer.state import trained

STEPS = 4


NEEDS_COMPILER = pytest.mark.skipif(
    shutil.which("g++") is None, reason="torch compiles for the processor with g++, which is not here"
)


@NEEDS_COMPILER
@pytest.mark.filterwarnings("ignore")  # torch's compiler warns of its own parts
def test_a_compiled_run_is_the_same_run(
    config_of: Callable[..., TrainingConfig], start: Callable[..., Any], faces: RunFaces
) -> None:
    losses, weights = {}, {}
    for compiled in (False, True):
        state, folder = start(
            config_of(steps=STEPS, speed={"compile": "on" if compiled else "off"}), f"compiled-{compiled}"
        )
        with folder:
            losses[compiled] = [each.loss for each in train(state, faces, folder)]
        weights[compiled] = trained(folder.path).weights
    assert len(losses[True]) == STEPS
    assert losses[True] == pytest.approx(losses[False], rel=1e-3)
    assert weights[True].keys() == weights[False].keys(), "a checkpoint does not know that its network was compiled"
    for name, value in weights[False].items():
        torch.testing.assert_close(weights[True][name], value, rtol=1e-2, atol=1e-3)


@NEEDS_COMPILER
@pytest.mark.filterwarnings("ignore")
def test_the_compiler_is_measured_where_a_run_is_long(
    config_of: Callable[..., TrainingConfig], start: Callable[..., Any]
) -> None:
    recogniser = start(config_of(), "measured")[0].model
    found = choose(recogniser, 12, [Way(compiled=True)], crops=10**12)
    assert [each.way.compiled for each in found.tried] == [False, True]
    assert found.tried[1].speed > 0
    assert found.way.compiled is (found.tried[1].speed > LEAST_GAIN * found.tried[0].speed)
