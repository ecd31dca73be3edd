"""`kinfolk train CONFIG.toml`: train a network on labelled faces."""

import argparse
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Self

from engine.cli.display import Display, open_display
from engine.cli.output import put_json
from engine.errors import UsageError
from engine.paths import Places, default_data_dir
from engine.progress import Progress
from trainer.checkpoint import LAST
from trainer.commands.interruption import run_whole_steps
from trainer.config import load_config
from trainer.distributed import Group, join_group
from trainer.training import train_run


def run(argv: list[str]) -> int:
    """Train, and print how the run ended as one line of JSON."""
    words = _parser().parse_args(argv)
    config = load_config(words.config)
    folder: Path = words.run or Path("runs") / words.config.stem
    begun = (folder / LAST).exists()
    if words.resume and not begun:
        raise UsageError(f"There is no run to resume in {folder}.", "Leave --resume out to begin one.")
    if begun and not words.resume:
        raise UsageError(f"A run has already begun in {folder}.", "Add --resume, or name another --run.")
    models = Places(default_data_dir()).models
    with join_group() as group:
        outcome = run_whole_steps(train_run(config, folder, models, group), _display(group))
        if group.leads:
            put_json({"run": str(folder), **asdict(outcome)})
    return 0


def _display(group: Group) -> Display:
    """Show progress from one process alone."""
    return open_display() if group.leads else Silence()


class Silence:
    """Shows nothing: another process speaks."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def show(self, report: Progress) -> None:
        """Show nothing."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kinfolk train", description="Train a network that tells people apart.")
    parser.add_argument("config", type=Path, metavar="CONFIG.toml", help="what to train on what, and how")
    # torchrun takes "--run" for the beginning of an option of its own.
    parser.add_argument(
        "--run", "--run-folder", type=Path, metavar="DIR", help="the run's folder (default: runs/ and CONFIG's name)"
    )
    parser.add_argument("--resume", action="store_true", help="go on from the run's last checkpoint")
    return parser
