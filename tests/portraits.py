"""Two portraits that any clone has, and as many different photos of each as a test needs.

The photos differ as photos of one person do: turned a little, mirrored, lighter or darker, larger or smaller, greyer.
Where a test says how well models know people, it needs real albums instead (`shared_data`).
"""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import cv2
import numpy as np

from engine.faces.align import align
from engine.geometry import Image

FOLDER = Path(__file__).with_name("portraits")
SIDE = 250
"""Pixels of a photo's side; the face is about 110 tall, in its middle."""

PEOPLE = {"collins": ((222, 122), 113), "hopper": ((268, 230), 212)}
"""File → where the middle of the face is, and how tall the face, in pixels."""


def portrait(person: str, side: int = SIDE) -> Image:
    """Return a portrait cut to a square of `side` pixels, RGB; the face is 0.44 of it tall, in the middle."""
    picture = cv2.imread(str(FOLDER / f"{person}.jpg"))
    assert picture is not None
    (x, y), tall = PEOPLE[person]
    return np.ascontiguousarray(_cut(picture, (x, y), tall * SIDE / 110, side, 0)[..., ::-1])


def photos(person: str, count: int) -> Iterator[Image]:
    """Yield `count` photos of a person, 250 × 250 RGB, each another one; 48 at most."""
    picture = cv2.imread(str(FOLDER / f"{person}.jpg"))
    assert picture is not None
    (x, y), tall = PEOPLE[person]
    changes = product((1.0, 0.8, 1.15), (False, True), (0, 6, -6, 3), (1.0, 1.12))
    for _, (light, mirrored, turn, zoom) in zip(range(count), changes, strict=False):
        cut = _cut(picture, (x, y), tall * SIDE / 110 / zoom, SIDE, turn)
        lit = np.clip(cut.astype(np.float32) * light, 0, 255).astype(np.uint8)
        yield np.ascontiguousarray((lit[:, ::-1] if mirrored else lit)[..., ::-1])


def write_photos(folder: Path, person: str, count: int) -> list[Path]:
    """Write `count` photos of a person into a folder, which is made, and return their paths, sorted."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{person} {number:02}.jpg" for number in range(count)]
    for path, image in zip(paths, photos(person, count), strict=True):
        assert cv2.imwrite(str(path), image[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 92])
    return paths


def crops_of(person: str, count: int, models_dir: Path) -> np.ndarray:
    """Return the aligned crops (count, 112, 112, 3) uint8 of as many photos of a person."""
    from engine.faces.finder import open_finder
    from engine.models.catalog import Catalog
    from engine.models.session import PLAIN

    finder = open_finder(Catalog(models_dir).default_detector(), models_dir, running=PLAIN)
    found = [(image, finder.find(image)[0]) for image in photos(person, count)]
    return np.stack([align(image, face.landmarks) for image, face in found])


def write_aligned(folder: Path, person: str, count: int, models_dir: Path) -> None:
    """Write the aligned crops of as many photos of a person into a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, crop in enumerate(crops_of(person, count, models_dir)):
        assert cv2.imwrite(str(folder / f"{person} {number:02}.png"), crop[..., ::-1])


def _cut(picture: np.ndarray, middle: tuple[int, int], width: float, side: int, turn: float) -> np.ndarray:
    """Return a square around `middle`, `width` pixels wide, turned by so many degrees and scaled to `side` pixels."""
    matrix = cv2.getRotationMatrix2D(middle, turn, side / width)
    matrix[:, 2] += side / 2 - np.array(middle)
    how = cv2.INTER_AREA if side < width else cv2.INTER_CUBIC
    return np.asarray(cv2.warpAffine(picture, matrix, (side, side), flags=how, borderMode=cv2.BORDER_REFLECT_101))
