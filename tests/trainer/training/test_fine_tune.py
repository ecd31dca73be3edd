"""A network is trained further: it changes, only where it may, and it can be stopped."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from torch import nn

from engine.errors import ModelError
from engine.learning.network import NetworkTask, network_learner
from engine.learning.points import Point
from engine.models.card import InputSpec
from tests.trainer.training.small_network import SIDE, Small, crops
from trainer.fine_tuning.fine_tune import fine_tune
from trainer.fine_tuning.layers import average_with, learning, weighted
from trainer.onnx_module import read_onnx


@pytest.fixture
def task(tmp_path: Path, graph: Path) -> NetworkTask:
    people = np.repeat(np.arange(4), 6).astype(np.int64)
    # Each person's crops are one picture with noise on it.
    faces = np.repeat(crops(4, 1), 6, axis=0) // 2 + crops(24, 2) // 2
    spec = InputSpec(SIDE, SIDE, (127.5,) * 3, (127.5,) * 3)
    held = faces[::3], people[::3]
    return NetworkTask(graph, tmp_path / "end.onnx", spec, faces, people, crops(10, 3), *held, freeze=0.3, epochs=4)


def test_the_network_learns_where_it_may(task: NetworkTask) -> None:
    points = [report for report in network_learner()(task) if isinstance(report, Point)]
    assert points[-1].loss < points[0].loss
    assert 0 <= points[-1].validation <= 1
    before, after = (list(read_onnx(path).parameters()) for path in (task.graph, task.target))
    changed = [not torch.allclose(one, other, atol=1e-6) for one, other in zip(before, after, strict=True)]
    assert not changed[0], "the first layer was to stay"
    assert changed[-1]


def test_any_batch_goes_through_what_was_written(task: NetworkTask) -> None:
    list(fine_tune(replace(task, epochs=1)))
    shape = onnx.load(task.target).graph.input[0].type.tensor_type.shape.dim
    assert shape[0].dim_param
    assert [side.dim_value for side in shape[1:]] == [3, SIDE, SIDE]


def test_the_same_seed_writes_the_same_weights(task: NetworkTask) -> None:
    ends = [replace(task, epochs=1, target=task.target.with_name(f"{number}.onnx")) for number in range(2)]
    for end in ends:
        list(fine_tune(end))
    first, second = (read_onnx(end.target).parameters() for end in ends)
    assert all(torch.equal(one, other) for one, other in zip(first, second, strict=True))


def test_stopped_it_writes_nothing(task: NetworkTask) -> None:
    steps = fine_tune(task)
    while not isinstance(next(steps), Point):
        pass
    steps.close()
    assert not task.target.exists()


def test_without_others_and_without_unseen_faces_it_learns_too(task: NetworkTask) -> None:
    nobody = np.empty((0, SIDE, SIDE, 3), np.uint8)
    alone = replace(task, others=nobody, unseen=nobody, unseen_people=np.empty(0, np.int64), epochs=1)
    assert np.isnan([report for report in fine_tune(alone) if isinstance(report, Point)][-1].validation)
    assert task.target.exists()


def test_a_graph_that_cannot_be_trained_is_refused(task: NetworkTask, tmp_path: Path) -> None:
    model = onnx.load(task.graph)
    next(node for node in model.graph.node if node.op_type == "Relu").op_type = "Softsign"
    onnx.save(model, tmp_path / "odd.onnx")
    with pytest.raises(ModelError, match="Softsign"):
        list(fine_tune(replace(task, graph=tmp_path / "odd.onnx")))


def test_the_last_layers_learn_first() -> None:
    network = Small()
    chosen = learning(network, 0.25)
    assert [id(one) for one in chosen] == [id(one) for one in network[-1].parameters()]
    assert len(learning(network, 1.0)) == sum(1 for _ in network.parameters())
    assert len(weighted(network)) == 5


def test_weights_are_averaged_with_those_of_the_start() -> None:
    start, now = nn.Linear(2, 2), nn.Linear(2, 2)
    wanted = start.weight + 0.25 * (now.weight - start.weight)
    average_with(now, start.named_parameters(), 0.25)
    assert torch.allclose(now.weight, wanted)
