import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from engine.errors import ModelError, UsageError
from engine.progress import Progress
from trainer.checkpoint import BEST, LAST, load_checkpoint, save_checkpoint
from trainer.config import TrainingConfig
from trainer.errors import TrainingError
from trainer.loop import Outcome, RunFaces, as_workflow, train
from trainer.run_folder import CURVES, METRICS, Metrics, RunFolder, read_metrics, run_config
from trainer.state import TrainingState, trained

Start = Callable[[TrainingConfig, str], tuple[TrainingState, RunFolder]]
ConfigOf = Callable[..., TrainingConfig]


def run(state: TrainingState, faces: RunFaces, folder: RunFolder, steps: int | None = None) -> list[Metrics]:
    """Take all or so many steps and close."""
    metrics = []
    with folder:
        training = train(state, faces, folder)
        for each in training:
            metrics.append(each)
            if len(metrics) == steps:
                training.close()
    return metrics


def weights(state: TrainingState) -> dict[str, torch.Tensor]:
    modules = {"backbone": state.backbone, "average": state.average.backbone, "head": state.head}
    return {f"{name}.{key}": value for name, module in modules.items() for key, value in module.state_dict().items()}


@pytest.mark.parametrize(
    "tables",
    [
        {"average": 0.9, "optimiser": {"name": "adamw", "learning_rate": 0.01}, "schedule": {"warm_up": 3}},
        {"loss": {"name": "center", "options": {"join": "curricularface"}}, "optimiser": {"name": "adagrad"}},
        {"loss": {"name": "sphereface"}, "precision": "bf16", "batch": {"kind": "shuffled", "people": 4}},
        {
            "loss": {"name": "triplet", "options": {"mining": "all"}},
            "mining": {"every": 4, "choice": "hardest"},
            "checkpoint_every": 3,
        },
        {"loss": {"name": "semi_siamese", "options": {"queue": 20}}, "batch": {"people": 4, "faces": 2}},
        {"loss": {"name": "adaface"}, "average": 0.5},
    ],
    ids=["adamw-average", "center-adagrad", "sphereface-bf16", "mined-offline", "semi-siamese", "adaface"],
)
def test_ten_steps_are_five_and_five_more(
    config_of: ConfigOf, start: Start, faces: RunFaces, tables: dict[str, object]
) -> None:
    config = config_of(**tables)
    whole, folder = start(config, "whole")
    whole_metrics = run(whole, faces, folder)
    first, parts = start(config, "parts")
    run(first, faces, parts, steps=5)
    second, parts = start(config, "parts")
    assert second.step == 5
    second_metrics = run(second, faces, parts)
    assert [each.loss for each in whole_metrics[5:]] == [each.loss for each in second_metrics]
    assert [each.step for each in read_metrics(parts.path)] == list(range(1, 11))
    ours, theirs = weights(whole), weights(second)
    assert all(torch.equal(ours[key], theirs[key]) for key in ours)
    assert len(ours) == len(theirs)


def test_a_run_learns_and_leaves_its_papers(config_of: ConfigOf, start: Start, faces: RunFaces) -> None:
    state, folder = start(config_of(steps=40, average=0.5), "run")
    metrics = run(state, faces, folder)
    assert np.mean([each.loss for each in metrics[-5:]]) < 0.5 * np.mean([each.loss for each in metrics[:5]])
    checked = [each.validation for each in metrics if each.validation is not None]
    assert checked[-1] < 0.25
    assert min(checked) == state.best
    facts = json.loads((folder.path / "run.json").read_text())
    assert {"seed", "commit", "changed", "torch"} <= set(facts)
    assert run_config(folder.path) == state.config
    assert (folder.path / CURVES).read_bytes().startswith(b"\x89PNG")
    assert list((folder.path / "events").iterdir())
    assert set(trained(folder.path).weights) == set(state.backbone.state_dict())


def test_half_precision_learns_too(config_of: ConfigOf, start: Start, faces: RunFaces) -> None:
    state, folder = start(config_of(steps=25, precision="bf16"), "run")
    metrics = run(state, faces, folder)
    assert np.mean([each.loss for each in metrics[-5:]]) < 0.7 * metrics[0].loss
    assert {value.dtype for value in state.backbone.parameters()} == {torch.float32}


def test_early_stop(config_of: ConfigOf, start: Start, faces: RunFaces) -> None:
    config = config_of(
        steps=100, validation={"every": 1, "patience": 3}, optimiser={"learning_rate": 1e-9, "weight_decay": 0.0}
    )
    state, folder = start(config, "run")
    with folder:
        outcome: Outcome | None = None
        training = train(state, faces, folder)
        while outcome is None:
            try:
                next(training)
            except StopIteration as stop:
                outcome = stop.value
    assert outcome.stopped_early
    assert outcome.steps < 100
    assert load_checkpoint(folder.path / LAST)["step"] == outcome.steps


def test_a_loss_that_is_no_number_keeps_the_last_checkpoint(config_of: ConfigOf, start: Start, faces: RunFaces) -> None:
    wild = {"learning_rate": 1e30, "clip": 0.0, "weight_decay": 1.0}
    state, folder = start(config_of(steps=30, checkpoint_every=1, optimiser=wild), "run")
    with pytest.raises(TrainingError, match=r"step \d+ (is not a number|are not numbers)"):
        run(state, faces, folder)
    assert (folder.path / METRICS).exists()
    if (folder.path / LAST).exists():
        held = load_checkpoint(folder.path / LAST)
        assert held["step"] == state.step - 1


def test_too_little_memory_is_said(config_of: ConfigOf, start: Start, faces: RunFaces) -> None:
    with pytest.raises(TrainingError, match="not enough memory"):
        start(config_of(model={"backbone": "tiny", "dimension": 10**12}), "run")


def test_collapse_is_told(config_of: ConfigOf, start: Start, faces: RunFaces) -> None:
    config = config_of(
        loss={"name": "triplet"}, steps=60, optimiser={"learning_rate": 1e-12}, batch={"people": 2, "faces": 2}
    )
    state, folder = start(config, "run")
    with torch.no_grad():
        last = state.backbone.layers[-1]  # type: ignore[index, union-attr]  # the test's own network
        last.weight.mul_(1e-6)  # type: ignore[union-attr]
        last.bias.fill_(1.0)  # type: ignore[union-attr]
    with pytest.raises(TrainingError, match="embeddings have become the same"):
        run(state, faces, folder)


def test_only_the_same_run_is_resumed(config_of: ConfigOf, start: Start, faces: RunFaces) -> None:
    state, folder = start(config_of(), "run")
    run(state, faces, folder, steps=5)
    longer, _ = start(config_of(steps=20), "run")
    assert longer.step == 5
    with pytest.raises(UsageError, match="another configuration"):
        start(config_of(seed=4), "run")
    with pytest.raises(UsageError, match="already begun"):
        folder.begin(config_of(), {})
    (folder.path / LAST).unlink()
    folder.begin(config_of(), {})
    (folder.path / "run.json").unlink()
    with pytest.raises(UsageError, match="no run wrote"):
        folder.begin(config_of(), {})


def test_a_run_starts_from_another_ones_weights(config_of: ConfigOf, start: Start, faces: RunFaces) -> None:
    first, folder = start(config_of(), "first")
    run(first, faces, folder)
    from_there = {"backbone": "tiny", "dimension": 16, "start_from": str(folder.path)}
    second, _ = start(config_of(seed=9, model=from_there), "b")
    weights = trained(folder.path).weights
    assert all(torch.equal(value, weights[key]) for key, value in second.backbone.state_dict().items())
    with pytest.raises(UsageError, match="do not fit"):
        start(config_of(model={"backbone": "tiny", "dimension": 8, "start_from": str(folder.path)}), "c")


def test_a_checkpoint_that_runs_code_is_refused(tmp_path: Path) -> None:
    torch.save({"format": 1, "code": Path}, tmp_path / "evil.pt")
    (tmp_path / "cut.pt").write_bytes(b"PK\x03\x04 and no more")
    torch.save({"weights": torch.ones(1)}, tmp_path / "other.pt")
    for name in ("evil.pt", "cut.pt", "other.pt", "absent.pt"):
        with pytest.raises(ModelError, match=name):
            load_checkpoint(tmp_path / name)


def test_a_crash_while_saving_leaves_the_earlier_file(
    config_of: ConfigOf, start: Start, faces: RunFaces, tmp_path: Path
) -> None:
    state, folder = start(config_of(), "run")
    run(state, faces, folder)
    held = load_checkpoint(folder.path / LAST)
    before = (folder.path / LAST).read_bytes()
    with pytest.raises(AttributeError):
        save_checkpoint(folder.path / LAST, {**held, "config": lambda: None})  # type: ignore[typeddict-item]
    assert (folder.path / LAST).read_bytes() == before
    assert load_checkpoint(folder.path / BEST)["best"] <= held["best"]


def test_names_stay_out_of_the_checkpoint(config_of: ConfigOf, start: Start, faces: RunFaces) -> None:
    state, folder = start(config_of(), "run")
    run(state, faces, folder)
    assert b"person 1" not in (folder.path / LAST).read_bytes()


def test_the_window_sees_a_workflow(config_of: ConfigOf, start: Start, faces: RunFaces) -> None:
    config = config_of()
    state, folder = start(config, "run")
    workflow = as_workflow(train(state, faces, folder), config)
    report = next(workflow)
    assert report == Progress("train", 1, 10, report.text)
    workflow.close()
    folder.__exit__(None, None, None)
    assert load_checkpoint(folder.path / LAST)["step"] == 1


def test_semi_siamese_learns_from_pairs_and_needs_them(config_of: ConfigOf, start: Start, faces: RunFaces) -> None:
    loss = {"name": "semi_siamese", "options": {"momentum": 0.9, "queue": 16}}
    state, folder = start(config_of(loss=loss, steps=60, batch={"people": 6, "faces": 2}), "run")
    metrics = run(state, faces, folder)
    assert metrics[-1].validation is not None
    assert metrics[-1].validation < 0.25
    gallery = dict(state.head.named_parameters())
    assert gallery
    assert not any(value.requires_grad for value in gallery.values())
    with pytest.raises(UsageError, match="two faces of each person"):
        start(config_of(loss=loss, batch={"kind": "shuffled"}), "none")
