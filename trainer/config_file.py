"""The TOML file of a training run."""

import dataclasses
from pathlib import Path

from engine.strict_toml import Origin, read_toml
from engine.words import sentence
from trainer.config import TrainingConfig


def load_config(path: Path) -> TrainingConfig:
    """Read a run's TOML file; relative paths in it start from the file's folder.

    Raises UsageError naming the key that is unknown, missing, of the wrong kind or out of range.
    """
    config = read_toml(path, TrainingConfig, Origin(sentence("The configuration {path}", path=path)))
    return dataclasses.replace(
        config,
        data=dataclasses.replace(
            config.data, path=_beside(path, config.data.path), test=_beside_if_given(path, config.data.test)
        ),
        model=dataclasses.replace(config.model, start_from=_file_or_name(path, config.model.start_from)),
    )


def _beside(config: Path, named: Path) -> Path:
    return (config.parent / named.expanduser()).resolve()


def _file_or_name(config: Path, named: str | None) -> str | None:
    """Return the path of what lies beside the file; a name of a model stays one."""
    if not named:
        return named
    path = _beside(config, Path(named))
    return str(path) if path.exists() else named


def _beside_if_given(config: Path, named: Path | None) -> Path | None:
    return None if named is None else _beside(config, named)
