"""`kinfolk train CONFIG.toml`: train a network on labelled faces."""

import argparse
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Self

from engine.cli.display import Display, open_display
from engine.cli.help import Parser
from engine.cli.output import put_json, say
from engine.errors import UsageError
from engine.paths import Places, default_data_dir
from engine.progress import Progress
from engine.words import sentence
from trainer.checkpoint import LAST
from trainer.choices import NewRecipe
from trainer.commands.interruption import run_whole_steps
from trainer.config_file import load_config
from trainer.distributed import Group, join_group
from trainer.recipes import write_recipe
from trainer.training import train_run


def run(argv: list[str]) -> int:
    """Train, and print how the run ended as one line of JSON."""
    words = _parser().parse_args(argv)
    if words.new is not None:
        return _begin_recipe(words)
    if words.config is None or words.data is not None:
        raise UsageError(
            sentence("Name a configuration to train from."),
            sentence("To write one to begin with: kinfolk train --new library"),
        )
    config = load_config(words.config)
    folder: Path = words.run or Path("runs") / words.config.stem
    begun = (folder / LAST).exists()
    if words.resume and not begun:
        raise UsageError(
            sentence("There is no run to resume in {folder}.", folder=folder),
            sentence("Leave --resume out to begin one."),
        )
    if begun and not words.resume:
        raise UsageError(
            sentence("A run has already begun in {folder}.", folder=folder),
            sentence("Add --resume, or name another --run."),
        )
    models = Places(default_data_dir()).models
    with join_group() as group:
        outcome = run_whole_steps(train_run(config, folder, models, group), _display(group))
        if group.leads:
            put_json({"run": str(folder), **asdict(outcome)})
    return 0


def _begin_recipe(words: argparse.Namespace) -> int:
    """Write a commented configuration and say how to start it."""
    file: Path = words.config or Path(f"{words.new}.toml")
    data: Path | None = words.data
    if data is None and words.new is not NewRecipe.LIBRARY:
        raise UsageError(
            sentence("--new {what} does not say where the faces are.", what=words.new),
            sentence("Name the place with --data PATH."),
        )
    write_recipe(words.new, data or default_data_dir(), file)
    say(sentence("Look through {file}, and then start training: {command}", file=file, command=f"kinfolk train {file}"))
    put_json({"recipe": str(file)})
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
    parser = Parser(prog="kinfolk train", description=sentence("Train a network that tells people apart."))
    parser.add_argument(
        "config",
        type=Path,
        nargs="?",
        metavar="CONFIG.toml",
        help=sentence("the configuration: which network to train, on what and how"),
    )
    parser.add_argument(
        "--new",
        type=NewRecipe,
        choices=list(NewRecipe),
        help=sentence("instead of training, write CONFIG.toml with comments"),
    )
    parser.add_argument("--data", type=Path, metavar="PATH", help=sentence("with --new: where the faces are"))
    # torchrun takes "--run" for the beginning of an option of its own.
    parser.add_argument(
        "--run",
        "--run-folder",
        type=Path,
        metavar="DIR",
        help=sentence("the folder of the run (default: runs/, with the name of CONFIG)"),
    )
    parser.add_argument("--resume", action="store_true", help=sentence("continue from the last checkpoint of the run"))
    return parser
