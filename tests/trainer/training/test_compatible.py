from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from torch.nn import functional

from engine.errors import UsageError
from trainer.checkpoint import LAST
from trainer.choices import CompatibleMethod
from trainer.compatible import Companion, FrozenAgents, HarmonicTriplets, check_dimensions, mean_agents
from trainer.config import TrainingConfig
from trainer.data.faces import numbered
from trainer.distributed import Group
from trainer.embedding import embed_source
from trainer.evaluation.comparability import comparability
from trainer.evaluation.intervals import Measure, Refusal
from trainer.loop import RunFaces, train
from trainer.preparing import with_old
from trainer.run_folder import RunFolder
from trainer.sections import CompatibleConfig
from trainer.state import TrainingState, begin
from trainer.state import trained as trained_of

ALONE = Group(0, 1, torch.device("cpu"))


def test_triplets_of_old_embeddings_alone_teach_nothing() -> None:
    torch.manual_seed(0)
    new, old = torch.randn(8, 4, requires_grad=True), torch.randn(8, 4, requires_grad=True)
    labels = torch.arange(4).repeat(2)
    loss = HarmonicTriplets(0.5)(new, old.detach(), labels)
    loss.backward()
    assert new.grad is not None
    assert float(new.grad.abs().sum()) > 0
    # With perfect new embeddings that equal the old ones' centres nothing is left to learn.
    corners = functional.one_hot(labels, 4).float()
    assert HarmonicTriplets(0.2)(corners, corners, labels).item() == 0.0


def test_agents_are_means_and_do_not_move() -> None:
    old = functional.normalize(torch.tensor([[1.0, 0.0], [1.0, 0.2], [0.0, 1.0]]))
    agents = FrozenAgents(mean_agents(old, torch.tensor([0, 0, 1])))
    torch.testing.assert_close(agents.loss.weight[0].data, functional.normalize(old[:2].mean(0), dim=0))
    assert not agents.loss.weight.requires_grad
    new = torch.randn(3, 2, requires_grad=True)
    agents(new, old, torch.tensor([0, 0, 1])).backward()
    assert new.grad is not None


def test_other_lengths_are_refused() -> None:
    check_dimensions(128, 128)
    with pytest.raises(UsageError, match="512 numbers"):
        check_dimensions(512, 128)
    old, new = np.eye(3, 4, dtype=np.float32), np.eye(3, 5, dtype=np.float32)
    assert isinstance(comparability(old, new, None)["new-old"], Refusal)  # type: ignore[arg-type]  # refused before use


@pytest.mark.parametrize("method", list(CompatibleMethod))
def test_a_new_model_learns_to_be_compared_with_the_old_one(
    method: CompatibleMethod, config_of: Callable[..., TrainingConfig], faces: RunFaces, tmp_path: Path
) -> None:
    def trained(name: str, config: TrainingConfig, run_faces: RunFaces, companion: Companion | None) -> TrainingState:
        state = begin(config, numbered(faces.source.faces)[0], ALONE, companion)
        with RunFolder(tmp_path / name) as folder:
            folder.begin(config, {})
            for _ in train(state, run_faces, folder):
                pass
        return state

    assert faces.held_out is not None
    assert faces.trial is not None
    quick = {"steps": 40, "validation": {"every": 100}, "checkpoint_every": 100}
    first = trained("old", config_of(seed=1, **quick), faces, None)
    old = embed_source(first.backbone, faces.source)
    companion = Companion(CompatibleConfig("old", method), old, faces.labels)
    second = trained("new", config_of(seed=2, **quick), with_old(faces, old), companion)
    stranger = trained("stranger", config_of(seed=2, **quick), faces, None)
    embeddings = [embed_source(each.backbone, faces.held_out) for each in (first, second, stranger)]
    with_companion, without = (comparability(embeddings[0], new, faces.trial.pairs) for new in embeddings[1:])
    errors = {}
    for name, measures in (("with", with_companion), ("without", without)):
        measure = measures["new-old: equal error rate"]
        assert isinstance(measure, Measure)
        errors[name] = measure.compute(np.ones(measure.units))
    assert errors["with"] < 0.3
    assert errors["with"] < errors["without"] - 0.1


def flat(weights: dict[str, torch.Tensor], part: str) -> torch.Tensor:
    """The tiny network's weights of its last layer, or the rest with the running figures of norms."""
    wanted = part == "last"
    return torch.cat([value.flatten().float() for key, value in weights.items() if ("4." in key) is wanted])


def test_the_last_layer_alone_is_trained_first(
    config_of: Callable[..., TrainingConfig],
    start: Callable[[TrainingConfig, str], tuple[TrainingState, RunFolder]],
    faces: RunFaces,
    tmp_path: Path,
) -> None:
    first, folder = start(config_of(), "first")
    with folder:
        assert list(train(first, faces, folder))
    old = embed_source(first.backbone, faces.source)
    compatible = {"model": "first", "last_layer_first": 4}
    config = config_of(
        model={"backbone": "tiny", "dimension": 16, "start_from": str(folder.path)}, compatible=compatible
    )

    def parts(state: TrainingState) -> list[torch.Tensor]:
        state_dict = state.backbone.state_dict()
        return [
            torch.cat([v.flatten().float() for k, v in state_dict.items() if ("4." in k) is last])
            for last in (False, True)
        ]

    def trained(name: str, steps: int) -> TrainingState:
        companion = Companion(CompatibleConfig("first"), old, faces.labels)
        state = begin(config, numbered(faces.source.faces)[0], ALONE, companion)
        with RunFolder(tmp_path / name) as run:
            if (tmp_path / name / LAST).exists():
                state.resume(tmp_path / name)
                run.cut(state.step)
            else:
                run.begin(config, {})
            training = train(state, with_old(faces, old), run)
            for metrics in training:
                if metrics.step == steps:
                    training.close()
        return state

    kept = flat(trained_of(folder.path).weights, "rest")
    rest, last = parts(trained("new", 3))
    assert torch.equal(rest, kept), "weights and running figures of norms"
    rest, later = parts(trained("new", 7))
    assert not torch.equal(rest, kept)
    assert not torch.equal(last, later)
    whole = parts(trained("whole", 7))
    assert torch.equal(torch.cat(whole), torch.cat([rest, later])), "resumed in the first part, yet bit by bit the same"


def test_last_layer_first_needs_weights_to_start_from_and_one_process(config_of: Callable[..., TrainingConfig]) -> None:
    with pytest.raises(UsageError, match="last_layer_first"):
        config_of(compatible={"model": "old", "last_layer_first": 3})
    config = config_of(
        model={"backbone": "tiny", "dimension": 16, "start_from": "x"},
        compatible={"model": "old", "last_layer_first": 3},
    )
    with pytest.raises(UsageError, match="one process"):
        begin(config, ["a", "b"], Group(0, 2, torch.device("cpu")), None)
