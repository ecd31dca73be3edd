from pathlib import Path

import pytest

from engine.errors import UsageError
from engine.strict_toml import Origin, read_table, toml_text
from trainer.choices import BatchKind, OptimiserName
from trainer.config import TrainingConfig
from trainer.config_file import load_config

FULL = """
seed = 7
steps = 200
average = 0.99
precision = "bf16"

[data]
path = "faces"
held_out = 0.25

[data.augmentation]
flip = 0.5

[model]
backbone = "iresnet18"

[loss]
name = "center"

[loss.options]
lambda_ = 0.01
join = "arcface"

[loss.options.join_options]
s = 32

[batch]
kind = "shuffled"

[optimiser]
name = "adamw"
learning_rate = 1

[schedule]
name = "step"
milestones = [100, 150]

[compatible]
model = "sface_2021dec"
"""


def test_file_is_read_with_defaults_and_paths_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "run.toml"
    path.write_text(FULL)
    config = load_config(path)
    assert config.data.path == tmp_path / "faces"
    assert config.optimiser.name is OptimiserName.ADAMW
    assert config.optimiser.learning_rate == 1.0
    assert config.batch.kind is BatchKind.SHUFFLED
    assert config.loss.options["join_options"] == {"s": 32}
    assert config.schedule.milestones == (100, 150)
    assert config.model.dimension == 128
    assert config.compatible is not None
    assert config.compatible.model == "sface_2021dec"


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "run.toml"
    path.write_text(FULL)
    config = load_config(path)
    again = tmp_path / "again.toml"
    again.write_text(toml_text(config))
    assert load_config(again) == config


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"stepz": 5}, "stepz"),
        ({"batch": {"peeple": 3}}, "batch.peeple"),
        ({"steps": "many"}, "steps"),
        ({"steps": True}, "steps"),
        ({"steps": 2.5}, "steps"),
        ({"optimiser": {"learning_rate": "high"}}, "optimiser.learning_rate"),
        ({"optimiser": {"name": "sgdd"}}, "optimiser.name"),
        ({"schedule": {"milestones": [1, "two"]}}, "schedule.milestones[1]"),
        ({"schedule": {"milestones": 3}}, "schedule.milestones"),
        ({"loss": "arcface"}, "loss"),
        ({"data": {}}, "data.path"),
        ({"steps": 0}, "steps"),
        ({"average": 1.0}, "average"),
        ({"data": {"path": "x", "held_out": 1.0}}, "data.held_out"),
        ({"batch": {"negatives": 3}}, "batch.negatives"),
        ({"compatible": {"model": "old", "weight": -1}}, "compatible.weight"),
        ({"schedule": {"milestones": [5, 3]}}, "schedule.milestones"),
    ],
)
def test_wrong_keys_are_named(change: dict[str, object], key: str) -> None:
    with pytest.raises(UsageError, match=f"'{key}'".replace("[", r"\[")):
        read_table(TrainingConfig, {"data": {"path": "faces"}, **change}, Origin("run.toml"))


def test_broken_files_are_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("steps = = 3")
    with pytest.raises(UsageError, match=r"broken\.toml is not valid TOML"):
        load_config(broken)
    with pytest.raises(UsageError, match="cannot be read"):
        load_config(tmp_path / "absent.toml")
