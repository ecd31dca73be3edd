import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from engine.errors import UsageError
from trainer.backbones import BACKBONES
from trainer.config import TrainingConfig
from trainer.distributed import Group
from trainer.losses import LOSSES
from trainer.recogniser import make_head
from trainer.sharded_head import ShardedHead, shard_bounds

SCRIPT = Path(__file__).with_name("two_processes.py")
ARCFACE = {"name": "arcface", "options": {"s": 16.0, "m": 0.2}}
SHARDED = {"sharded": True}
ALONE = Group(0, 1, torch.device("cpu"))


def case(**tables: object) -> dict[str, object]:
    return {
        "data": {"path": "/nowhere"},
        "model": {"backbone": "plain", "dimension": 16},
        "loss": ARCFACE,
        "batch": {"people": 4, "faces": 3},
        "optimiser": {"learning_rate": 0.05, "clip": 1.0},
        "schedule": {"name": "constant"},
        "validation": {"every": 100},
        "checkpoint_every": 100,
        "steps": 8,
        **tables,
    }


@pytest.fixture(scope="module")
def losses(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """The losses of every case in two processes, then in one with the undivided head."""
    folder = tmp_path_factory.mktemp("two")
    cases = {
        "whole head": case(validation={"every": 4}),
        "sharded resumed": case(head=SHARDED),
        "sharded mv_arc": case(head=SHARDED, loss={"name": "mv_arc"}),
        "sharded curricularface": case(head=SHARDED, loss={"name": "curricularface", "options": {"s": 16.0}}),
        "center": case(loss={"name": "center"}),
        "sampled": case(head={"sharded": True, "sampling_rate": 0.6}, steps=16),
    }
    (folder / "cases.json").write_text(json.dumps(cases))
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONWARNINGS": "ignore"}
    start = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    done = subprocess.run(
        [*start, str(SCRIPT), str(folder / "cases.json")], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    for table in cases.values():
        table["head"] = {}
    (folder / "cases.json").write_text(json.dumps(cases))
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(folder / "cases.json")],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    two, one = (json.loads((folder / f"losses-{count}.json").read_text()) for count in (2, 1))
    return two, one


@pytest.mark.parametrize(
    "name",
    [
        "whole head",
        "sharded resumed",
        "sharded mv_arc",
        "sharded curricularface",
        "center",
    ],
)
def test_two_processes_have_the_curve_of_one(
    losses: tuple[dict[str, list[float]], dict[str, list[float]]], name: str
) -> None:
    two, one = losses
    assert len(two[name]) == 8
    assert two[name][-1] < two[name][0]
    np.testing.assert_allclose(two[name], one[name], atol=1e-5, rtol=0)


def test_sampled_negatives_learn(losses: tuple[dict[str, list[float]], dict[str, list[float]]]) -> None:
    sampled = losses[0]["sampled"]
    assert np.mean(sampled[-4:]) < 0.6 * np.mean(sampled[:4])
    # Fewer people in the sum, so a lower loss from the first step on.
    assert sampled[0] < losses[1]["sampled"][0]


def test_shards_cover_every_class_once() -> None:
    bounds = [shard_bounds(10, Group(rank, 3, torch.device("cpu"))) for rank in range(3)]
    assert bounds == [(0, 3), (3, 6), (6, 10)]


@pytest.mark.parametrize("rate", [1.0, 0.2])
def test_one_shard_is_the_whole_head(rate: float) -> None:
    torch.manual_seed(0)
    head = ShardedHead("am_softmax", (40, 8), {"s": 16.0}, ALONE, (rate, 1))
    torch.manual_seed(0)
    whole = LOSSES["am_softmax"](40, 8, s=16.0)
    embeddings, labels = torch.randn(6, 8, requires_grad=True), torch.tensor([3, 3, 9, 20, 39, 0])
    ours, theirs = head(embeddings, labels), whole(embeddings, labels)
    if rate == 1.0:
        torch.testing.assert_close(ours, theirs)
        torch.testing.assert_close(torch.autograd.grad(ours, embeddings)[0], torch.autograd.grad(theirs, embeddings)[0])
    else:
        assert ours < theirs
        (gradient,) = torch.autograd.grad(ours, head.loss.weight)
        touched = gradient.abs().sum(1) > 0
        assert int(touched.sum()) == 8
        assert bool(touched[labels].all())


def test_a_loss_that_cannot_be_spread_is_refused(config_of: Callable[..., TrainingConfig]) -> None:
    for loss in ({"name": "softmax"}, {"name": "triplet"}, {"name": "normface", "options": {"s": "learnable"}}):
        with pytest.raises(UsageError, match="cannot be spread"):
            make_head(config_of(head=SHARDED, loss=loss), BACKBONES["tiny"](16), 8, ALONE)
    with pytest.raises(UsageError, match="fp16"):
        make_head(config_of(head=SHARDED, precision="fp16"), BACKBONES["tiny"](16), 8, ALONE)
    with pytest.raises(UsageError, match="has no option 'q'"):
        make_head(
            config_of(head=SHARDED, loss={"name": "arcface", "options": {"q": 1}}), BACKBONES["tiny"](16), 8, ALONE
        )
