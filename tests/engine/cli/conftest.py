"""Commands run in this process, over a small album of two people."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from engine.cli import main
from engine.cli.command import answer
from engine.models.catalog import Catalog
from engine.words.catalogue import ENGLISH, use
from tests.engine.cli.bracketed import brackets
from tests.portraits import PEOPLE, write_photos


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
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Commands speak English, wherever the tests run."""
    monkeypatch.setenv("LC_ALL", "C")
    yield
    use(ENGLISH)


@pytest.fixture
def with_models(models_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the commands use the models that this test run has fetched."""
    monkeypatch.setenv("KINFOLK_MODELS_DIR", str(models_dir))


@pytest.fixture
def models(models_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of this test's own with the default models."""
    folder = tmp_path / "models"
    folder.mkdir()
    for card in Catalog(models_dir).defaults():
        shutil.copy(models_dir / card.file, folder)
    monkeypatch.setenv("KINFOLK_MODELS_DIR", str(folder))
    return folder


@pytest.fixture
def faces_album(tmp_path: Path) -> Path:
    """Two people with twelve photos each, in a folder a person."""
    for number, person in enumerate(PEOPLE):
        write_photos(tmp_path / "album" / f"event {number}", person, 12)
    return tmp_path / "album"


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Kinfolk:
    """Run a command in brackets and return its output."""

    def run(*words: object) -> str:
        capsys.readouterr()
        with brackets():
            answer(["--data-dir", str(tmp_path / "data"), *map(str, words)])
        return "\n".join(capsys.readouterr())

    return run
