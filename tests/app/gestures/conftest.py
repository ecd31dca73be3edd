"""What gestures work on: real photos to scan, and models that are there already."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from app.context import Context
from app.scanning import ScanOutcome

SCAN_MS = 120_000
"""How long a small scan may take on a busy machine."""


@pytest.fixture
def with_models(models_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let scans use the models that this test run has fetched."""
    monkeypatch.setenv("KINFOLK_MODELS_DIR", str(models_dir))


@pytest.fixture
def album(shared_data: Path, tmp_path: Path) -> Path:
    """Eight real photos of two people."""
    with (shared_data / "labels.csv").open(newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["kind"] == "full250"]
    people: dict[str, list[str]] = {}
    for row in rows:
        people.setdefault(row["person"], []).append(row["path"])
    folder = tmp_path / "Album"
    folder.mkdir()
    for paths in [paths for paths in people.values() if len(paths) >= 4][:2]:
        for path in paths[:4]:
            shutil.copy(shared_data / path, folder)
    return folder


@pytest.fixture
def drawings(tmp_path: Path) -> Path:
    """Many pictures without a face: a scan that lasts long enough to be paused."""
    folder = tmp_path / "Drawings"
    folder.mkdir()
    for number in range(120):
        draw_picture(folder / f"drawing{number:03}.png", number)
    return folder


def draw_picture(path: Path, number: int) -> Path:
    """Draw a picture without a face; every number gives another one."""
    picture = Image.new("RGB", (640, 480), (200, 210, number % 256))
    ImageDraw.Draw(picture).line((0, number, 640, 480 - number), fill="#404040", width=5)
    picture.save(path)
    return path


def outcomes_of(context: Context) -> list[ScanOutcome]:
    """Return a list that every scan that comes to its end is added to."""
    seen: list[ScanOutcome] = []
    context.scanning.finished.connect(seen.append)
    return seen


Settle = Callable[[], None]
