"""Embeddings of people who do not exist, embeddings of some who do, and a calibration that fits both."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.similarity import Calibration
from tests.conftest import SHARED_DATA
from tests.portraits import PEOPLE, crops_of


@dataclass(frozen=True)
class Crowd:
    """Unit embeddings (n, d) float32 and who each is, (n,) int64."""

    vectors: NDArray[np.float32]
    people: NDArray[np.int64]


def make_crowd(sizes: list[int], seed: int = 0, noise: float = 0.8, size: int = 128) -> Crowd:
    """Draw `sizes[i]` faces of person i around a random direction; `noise` is the length of what is added."""
    rng = np.random.default_rng(seed)
    people = np.repeat(np.arange(len(sizes)), sizes)
    centres = rng.normal(size=(len(sizes), size))
    centres /= np.linalg.norm(centres, axis=1, keepdims=True)
    vectors = centres[people] + rng.normal(size=(len(people), size)) * noise / np.sqrt(size)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    return Crowd(vectors.astype(np.float32), people)


@pytest.fixture(scope="session")
def crowd() -> Callable[..., Crowd]:
    return make_crowd


@pytest.fixture(scope="session")
def calibration() -> Calibration:
    """About what SFace's card says."""
    tail = ((0.085, 0.5), (0.159, 0.2), (0.198, 0.1), (0.229, 0.05), (0.288, 0.01), (0.362, 0.001), (0.427, 0.0001))
    return Calibration(tail, slope=33.0, intercept=-11.0)


@pytest.fixture(scope="session")
def real_faces(models_dir: Path) -> Crowd:
    """SFace's embeddings of 30 aligned crops of each of ten people, or where these are absent of two portraits."""
    import cv2

    from engine.faces.embed import open_embedder
    from engine.models.catalog import Catalog

    embedder = open_embedder(Catalog(models_dir).default_embedder(), models_dir)
    if not SHARED_DATA.is_dir():
        people = list(PEOPLE)
        crops = np.concatenate([crops_of(person, 30, models_dir) for person in people])
        return Crowd(embedder.embed(crops), np.repeat(np.arange(len(people)), 30))
    with (SHARED_DATA / "labels.csv").open(newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["dataset"] == "glint_aligned112"]
    seen: dict[str, list[str]] = {}
    for row in rows:
        seen.setdefault(row["person"], []).append(row["path"])
    paths = [path for chosen in seen.values() for path in chosen[:30]]
    crops = np.stack([cv2.cvtColor(cv2.imread(str(SHARED_DATA / path)), cv2.COLOR_BGR2RGB) for path in paths])
    return Crowd(embedder.embed(crops), np.repeat(np.arange(len(seen)), [len(chosen[:30]) for chosen in seen.values()]))
