"""Albums of drawn pictures and libraries to scan them into."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.library.library import Library

Draw = Callable[[Path, int], Path]


def draw_noise(path: Path, seed: int) -> Path:
    """Write a small picture of noise; equal seeds give equal files."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = np.random.default_rng(seed).integers(0, 255, (48, 64, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(path)
    return path


@pytest.fixture
def draw() -> Draw:
    return draw_noise


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "library.sqlite") as opened:
        yield opened


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Six pictures in three folders."""
    folder = tmp_path / "album"
    for number in range(6):
        draw_noise(folder / f"trip {number // 2}" / f"picture {number}.png", number)
    return folder
