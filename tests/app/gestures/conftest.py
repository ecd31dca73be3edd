"""What gestures work on: photos of two people to scan, and models that are there already."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from app.context import Context
from app.scanning import ScanOutcome
from tests.portraits import PEOPLE, write_photos

SCAN_MS = 120_000
"""How long a small scan may take on a busy machine."""


@pytest.fixture
def with_models(models_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let scans use the models that this test run has fetched."""
    monkeypatch.setenv("KINFOLK_MODELS_DIR", str(models_dir))


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Eight photos of two people."""
    for person in PEOPLE:
        write_photos(tmp_path / "Album", person, 4)
    return tmp_path / "Album"


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
