"""A worker by itself, in this process: it reads as this process would, and only where all is as here."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from engine.models.catalog import Catalog
from engine.settings import Settings
from engine.workflows.scan.cluster.agreement import versions
from engine.workflows.scan.cluster.worker import Errand, Worker, is_as_found
from engine.workflows.scan.reading import AnalysedPhoto, PhotoFile, UnreadablePhoto
from tests.portraits import PEOPLE, write_photos


@pytest.fixture
def errand(models_dir: Path) -> Errand:
    plain = Settings(runtime="onnxruntime", precision="float32")
    return Errand(*Catalog(models_dir).defaults(), plain, versions())


@pytest.fixture
def files(models_dir: Path) -> tuple[bytes, bytes]:
    """The two models as they travel."""
    detector, embedder = ((models_dir / card.file).read_bytes() for card in Catalog(models_dir).defaults())
    return detector, embedder


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The worker's machine has a data folder of its own."""
    monkeypatch.delenv("KINFOLK_MODELS_DIR", raising=False)
    monkeypatch.setenv("KINFOLK_DATA_DIR", str(tmp_path / "worker"))
    return tmp_path / "worker"


def found(path: Path, number: int = 1) -> PhotoFile:
    status = path.stat()
    return PhotoFile(number, path, status.st_size, status.st_mtime_ns)


def test_another_version_is_refused(errand: Errand, files: tuple[bytes, bytes], own_data: Path) -> None:
    other = replace(errand, versions=errand.versions | {"onnxruntime": "1.0"})
    begun = Worker().begin(other, *files)
    assert "instead of 1.0. Install the same on every machine." in begun.refusal
    assert not own_data.exists()


def test_a_file_that_is_not_the_model_is_refused(errand: Errand, files: tuple[bytes, bytes]) -> None:
    begun = Worker().begin(errand, files[0], files[1][:-1] + b"x")
    assert "is not the one that its card describes" in begun.refusal


def test_photos_are_read(errand: Errand, files: tuple[bytes, bytes], tmp_path: Path) -> None:
    worker = Worker()
    assert worker.begin(errand, *files).refusal == ""
    sound, *_ = write_photos(tmp_path / "photos", next(iter(PEOPLE)), 1)
    damaged = tmp_path / "photos" / "damaged.jpg"
    damaged.write_bytes(b"no photo")
    answer = worker.read([found(sound), found(damaged, 2)])
    first, second = answer.results
    assert isinstance(first, AnalysedPhoto)
    assert len(first.read.vectors) == len(first.detected.faces) >= 1
    assert first.detected.crops == ()
    assert isinstance(second, UnreadablePhoto)
    assert answer.as_found == (True, True)


def test_another_file_at_the_same_path_is_not_the_one_that_was_found(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"one")
    file = found(path)
    assert is_as_found(file)
    os.utime(path, ns=(0, file.mtime_ns + 1_000_000_000))  # what a file system may have rounded
    assert is_as_found(file)
    os.utime(path, ns=(0, file.mtime_ns + 5_000_000_000))
    assert not is_as_found(file)
    path.unlink()
    assert not is_as_found(file)
