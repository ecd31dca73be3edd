"""Commands run in this process, over a small album of real faces."""

import csv
import json
import shutil
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from engine.cli import main


@dataclass(frozen=True)
class Ran:
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The last line of stdout as JSON."""
        return json.loads(self.out.splitlines()[-1])


Kinfolk = Callable[..., Ran]


@pytest.fixture
def kinfolk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Kinfolk:
    """Run a command on a data folder of its own."""
    monkeypatch.delenv("KINFOLK_MODELS_DIR", raising=False)

    def run(*words: object) -> Ran:
        capsys.readouterr()
        code = main(["--data-dir", str(tmp_path / "data"), *map(str, words)])
        output = capsys.readouterr()
        return Ran(code, output.out, output.err)

    return run


@pytest.fixture(autouse=True)
def ctrl_c() -> Iterator[None]:
    """Ctrl-C works, also for commands that are started, where a shell runs the tests in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def with_models(models_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the commands use the models that this test run has fetched."""
    monkeypatch.setenv("KINFOLK_MODELS_DIR", str(models_dir))


@pytest.fixture
def faces_album(shared_data: Path, tmp_path: Path) -> Path:
    """Four people of lfw with six photos each, in a folder a person."""
    with (shared_data / "labels.csv").open(newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["kind"] == "full250"]
    names = [name for name, photos in Counter(row["person"] for row in rows).items() if photos >= 6][:4]
    album = tmp_path / "album"
    for number, name in enumerate(names):
        folder = album / f"event {number}"
        folder.mkdir(parents=True)
        for row in [row for row in rows if row["person"] == name][:6]:
            shutil.copy(shared_data / row["path"], folder)
    return album
