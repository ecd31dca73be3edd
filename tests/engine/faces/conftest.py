"""Photos as RGB arrays, and the default models ready to use."""

import csv
from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.faces.detect import Detector, open_detector
from engine.faces.embed import Embedder, open_embedder
from engine.faces.finder import FaceFinder
from engine.models.catalog import Catalog
from engine.models.session import PLAIN
from tests.conftest import SHARED_DATA
from tests.portraits import PEOPLE, photos


def read_rgb(path: Path) -> np.ndarray:
    image = cv2.imread(str(path), cv2.IMREAD_COLOR)
    assert image is not None, path
    return np.ascontiguousarray(image[..., ::-1])


@pytest.fixture(scope="session")
def group_photos(shared_data: Path) -> list[np.ndarray]:
    """Twenty photos of groups and interviews, 1024 pixels wide."""
    with (shared_data / "group" / "boxes.csv").open(newline="") as stream:
        paths = sorted({row["path"] for row in csv.DictReader(stream)})
    return [read_rgb(shared_data / path) for path in paths[::2]]


@pytest.fixture(scope="session")
def people() -> list[list[np.ndarray]]:
    """Four portraits, 250 × 250, of each of ten people of lfw, or where it is absent of two."""
    if not SHARED_DATA.is_dir():
        return [list(photos(person, 4)) for person in PEOPLE]
    found: dict[str, list[Path]] = {}
    with (SHARED_DATA / "labels.csv").open(newline="") as stream:
        for row in csv.DictReader(stream):
            if row["dataset"] == "lfw":
                found.setdefault(row["person"], []).append(SHARED_DATA / row["path"])
    several = [paths[:4] for _, paths in sorted(found.items()) if len(paths) >= 4]
    return [[read_rgb(path) for path in paths] for paths in several[:10]]


@pytest.fixture(scope="session")
def portraits() -> list[np.ndarray]:
    """Ten portraits, 250 × 250, the face about 110 pixels tall in the middle."""
    return [image for person in PEOPLE for image in photos(person, 5)]


@pytest.fixture(scope="session")
def detector(models_dir: Path) -> Detector:
    return open_detector(Catalog(models_dir).default_detector(), models_dir, running=PLAIN)


@pytest.fixture(scope="session")
def finder(detector: Detector) -> FaceFinder:
    return FaceFinder(detector)


@pytest.fixture(scope="session")
def embedder(models_dir: Path) -> Embedder:
    return open_embedder(Catalog(models_dir).default_embedder(), models_dir, running=PLAIN)
