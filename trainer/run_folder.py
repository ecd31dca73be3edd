"""The folder of a run: configuration, where the code stood, metrics, curves and weights."""

import csv
import dataclasses
import json
import platform
import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import torch
from tensorboardX import SummaryWriter

from engine.errors import UsageError
from engine.strict_toml import toml_text
from engine.words import sentence
from trainer.checkpoint import LAST
from trainer.config import TrainingConfig
from trainer.config_file import load_config
from trainer.plots import draw_curves, save

CONFIG = "config.toml"
FACTS = "run.json"
METRICS = "metrics.csv"
EVENTS = "events"
CURVES = "curves.png"

LONG_AGO = 30.0
"""Seconds after which the curves of a run that goes on are drawn again: a picture takes as long as many small steps."""


@dataclass(frozen=True, slots=True)
class Metrics:
    """One training step, counted from 1. `validation` is the equal error rate of the held-out people, where checked."""

    step: int
    loss: float
    learning_rate: float
    gradient_norm: float
    faces_per_second: float
    validation: float | None = None


class RunFolder:
    """Keeps one run's files; use it as a context so that the open ones are closed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._events: SummaryWriter | None = None
        self._drawn_at = time.monotonic()

    def begin(self, config: TrainingConfig, facts: dict[str, object]) -> None:
        """Make the folder for a new run; UsageError where one has kept something there."""
        if (self.path / LAST).exists():
            raise UsageError(
                sentence("A run has already begun in {path}.", path=self.path),
                sentence("Resume it, or choose another folder."),
            )
        # A run that ended before its first checkpoint may begin anew; somebody else's file is not written over.
        if (self.path / CONFIG).exists() and not (self.path / FACTS).exists():
            raise UsageError(
                sentence("{path} holds a {config} that no run wrote.", path=self.path, config=CONFIG),
                sentence("Choose another folder."),
            )
        self.path.mkdir(parents=True, exist_ok=True)
        (self.path / CONFIG).write_text(toml_text(config), encoding="utf-8")
        versions = {"torch": torch.__version__, "python": platform.python_version()}
        facts = {**facts, "seed": config.seed, **code_state(), **versions}
        (self.path / FACTS).write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")
        with (self.path / METRICS).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerow(field.name for field in dataclasses.fields(Metrics))

    def cut(self, step: int) -> None:
        """Forget metrics after this step: a resumed run takes those steps again."""
        path = self.path / METRICS
        rows = path.read_text(encoding="utf-8").splitlines()
        kept = rows[:1] + [row for row in rows[1:] if int(row.split(",")[0]) <= step]
        path.write_text("\n".join(kept) + "\n", encoding="utf-8")

    def write(self, steps: Sequence[Metrics]) -> None:
        """Append steps to the CSV file and to the TensorBoard events."""
        if self._events is None:
            self._events = SummaryWriter(str(self.path / EVENTS))
        with (self.path / METRICS).open("a", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            for metrics in steps:
                values = dataclasses.asdict(metrics)
                writer.writerow("" if value is None else value for value in values.values())
                for name, value in values.items():
                    if name != "step" and value is not None:
                        self._events.add_scalar(name, value, metrics.step)

    @property
    def drawn_long_ago(self) -> bool:
        """Whether a run that goes on is due to have its curves drawn."""
        return time.monotonic() - self._drawn_at > LONG_AGO

    def draw(self) -> None:
        """Draw the loss, the learning rate and the validation figure over the steps."""
        self._drawn_at = time.monotonic()
        steps = read_metrics(self.path)
        if not steps:
            return
        at = [float(each.step) for each in steps]
        panels = {
            "loss": {"loss": (at, [each.loss for each in steps])},
            "learning rate": {"learning rate": (at, [each.learning_rate for each in steps])},
        }
        checked = [each for each in steps if each.validation is not None]
        if checked:
            errors = [each.validation for each in checked if each.validation is not None]
            panels["equal error rate of held-out people"] = {"": ([float(each.step) for each in checked], errors)}
        save(draw_curves(panels), self.path / CURVES)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._events is not None:
            self._events.close()


def read_metrics(run: Path) -> list[Metrics]:
    """Read a run's CSV file."""
    with (run / METRICS).open(encoding="utf-8", newline="") as stream:
        return [
            Metrics(
                step=int(row["step"]),
                loss=float(row["loss"]),
                learning_rate=float(row["learning_rate"]),
                gradient_norm=float(row["gradient_norm"]),
                faces_per_second=float(row["faces_per_second"]),
                validation=float(row["validation"]) if row["validation"] else None,
            )
            for row in csv.DictReader(stream)
        ]


def run_config(run: Path) -> TrainingConfig:
    """Read the configuration that a run began with; UsageError where the folder is none of a run."""
    path = run / CONFIG
    if not path.is_file():
        raise UsageError(
            sentence("{folder} is not the folder of a run.", folder=run),
            sentence("It would hold config.toml and checkpoints."),
        )
    return load_config(path)


def code_state() -> dict[str, object]:
    """Return the commit of the code that runs and whether it was changed since; None without git or a repository."""
    git = shutil.which("git")
    if git is None:
        return {"commit": None, "changed": None}
    here = Path(__file__).parent

    def ask(*words: str) -> str | None:
        done = subprocess.run([git, "-C", str(here), *words], capture_output=True, text=True, check=False)  # noqa: S603  our own words
        return done.stdout.strip() if done.returncode == 0 else None

    commit, changes = ask("rev-parse", "HEAD"), ask("status", "--porcelain", "--untracked-files=no")
    return {"commit": commit, "changed": None if changes is None else bool(changes)}
