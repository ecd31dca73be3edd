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
from engine.faces.detect import open_detector
from engine.faces.embed import open_embedder
from engine.library.folders import folders
from engine.library.library import Library
from engine.library.relocating import move_folder
from engine.models.catalog import Catalog
from engine.models.prepare import prepare
from engine.models.runtimes.kept import FILE as MEASURED
from engine.paths import Places
from engine.words.catalogue import ENGLISH, use
from tests.engine.cli.bracketed import brackets
from tests.made_once import made_once
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


@pytest.fixture(autouse=True)
def no_models_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """No folder of models is named but by a fixture; those ask for this one, so that they come after it."""
    monkeypatch.delenv("KINFOLK_MODELS_DIR", raising=False)


@pytest.fixture
def kinfolk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Kinfolk:
    """Run a command on a data folder of its own."""

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
def with_models(no_models_named: None, models_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the commands use the models that this test run has fetched."""
    monkeypatch.setenv("KINFOLK_MODELS_DIR", str(models_dir))


@pytest.fixture(scope="session")
def measured_models(models_dir: Path) -> Path:
    """The folder of the default models with their runnable graphs, and what was measured of them on this machine."""
    open_detector(Catalog(models_dir).default_detector(), models_dir)
    open_embedder(Catalog(models_dir).default_embedder(), models_dir)
    return models_dir


@pytest.fixture
def models(no_models_named: None, measured_models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of this test's own with the default models, as they are after the first scan with them."""
    folder = tmp_path / "models"
    folder.mkdir()
    for card in Catalog(measured_models).defaults():
        shutil.copy(measured_models / card.file, folder)
        shutil.copy(prepare(card, measured_models), folder)
    if (measured_models / MEASURED).exists():  # not where there is only one way to run them
        shutil.copy(measured_models / MEASURED, folder)
    monkeypatch.setenv("KINFOLK_MODELS_DIR", str(folder))
    return folder


def write_album(folder: Path) -> Path:
    """Write twelve photos each of two people, in a folder a person, and return the folder above them."""
    for number, person in enumerate(PEOPLE):
        write_photos(folder / "album" / f"event {number}", person, 12)
    return folder / "album"


@pytest.fixture
def faces_album(tmp_path: Path) -> Path:
    """Two people with twelve photos each, in a folder a person."""
    return write_album(tmp_path)


@pytest.fixture(scope="session")
def scanned_once(measured_models: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the album and, in `data`, what `kinfolk scan` made of it; for this run."""

    def scan(folder: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("KINFOLK_MODELS_DIR", str(measured_models))
            assert main(["--data-dir", str(folder / "data"), "scan", str(write_album(folder))]) == 0

    return made_once(tmp_path_factory, "scanned album", scan)


@pytest.fixture
def scanned_album(scanned_once: Path, tmp_path: Path) -> Path:
    """The album that `faces_album` gives, and the library that a scan made of it: for tests of what comes after."""
    shutil.copytree(scanned_once, tmp_path, dirs_exist_ok=True)
    with Library(Places(tmp_path / "data").library) as library:
        (folder,) = folders(library)
        move_folder(library, folder.id, tmp_path / "album")
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
