"""Photos made bad on purpose, their faces found again: smaller, blurred, smeared, covered, compressed, dark."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from labelled import SFACE, Source
from numpy.typing import NDArray

from engine.faces.align import align
from engine.faces.detect import Detection
from engine.faces.embed import open_embedder
from engine.faces.finder import DECODE_SIDE, open_finder
from engine.faces.quality import quality
from engine.geometry import Box, Image
from engine.models.catalog import Catalog
from engine.scan.decode import read_photo

SEED = 11
LEAST_OVERLAP = 0.35
"""A face counts as found again where its box overlaps the one that it had by so much."""

LEAST_PHOTOS = 4
"""Only the people of so many photos are taken."""

Damage = Callable[[Image, Box, np.random.Generator], tuple[Image, float]]
"""What becomes of a photo with a face in this box (pixels), and how much smaller it is (1: not at all)."""


def smaller(image: Image, box: Box, rng: np.random.Generator) -> tuple[Image, float]:
    """Return a photo in which the face is 12 to 72 pixels tall."""
    scale = (12 + 60 * rng.random()) / box.height
    return np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8), scale


def blurred(image: Image, box: Box, rng: np.random.Generator) -> tuple[Image, float]:
    """Return a photo out of focus, by 1 to 7 hundredth of the face."""
    return np.asarray(cv2.GaussianBlur(image, (0, 0), box.height / 112 * (1 + 6 * rng.random())), np.uint8), 1.0


def smeared(image: Image, box: Box, rng: np.random.Generator) -> tuple[Image, float]:
    """Return a photo smeared by motion in any direction, over 4 to 24 % of the face."""
    length = max(3, int(box.height * (0.04 + 0.2 * rng.random())))
    line = np.zeros((length, length), np.float32)
    line[length // 2] = 1 / length
    turn = cv2.getRotationMatrix2D((length / 2 - 0.5, length / 2 - 0.5), float(rng.uniform(0, 180)), 1)
    line = np.asarray(cv2.warpAffine(line, turn, (length, length)), np.float32)
    return np.asarray(cv2.filter2D(image, -1, line / max(float(line.sum()), 1e-6)), np.uint8), 1.0


def covered(image: Image, box: Box, rng: np.random.Generator) -> tuple[Image, float]:
    """Return a photo in which 15 to 60 % of the face are hidden from one of its four sides."""
    share, side = 0.15 + 0.45 * rng.random(), int(rng.integers(4))
    left, top, right, bottom = int(box.left), int(box.top), int(box.right), int(box.bottom)
    if side == 0:
        top = int(box.bottom - share * box.height)
    elif side == 1:
        bottom = int(box.top + 0.8 * share * box.height)
    elif side == 2:
        right = int(box.left + share * box.width)
    else:
        left = int(box.right - share * box.width)
    hidden = image.copy()
    hidden[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)] = rng.integers(0, 255, 3)
    return hidden, 1.0


def compressed(image: Image, _box: Box, rng: np.random.Generator) -> tuple[Image, float]:
    """Return a photo that went through a JPEG of a quality of 3 to 33."""
    packed = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, int(3 + 30 * rng.random())])[1]
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8), 1.0


def dark(image: Image, _box: Box, rng: np.random.Generator) -> tuple[Image, float]:
    """Return a photo of 6 to 36 % of the light, with noise, brightened again by up to two."""
    seen = image.astype(np.float32) * (0.06 + 0.3 * rng.random())
    seen += rng.normal(size=seen.shape) * (3 + 8 * rng.random())
    return np.clip(seen * rng.uniform(1, 2), 0, 255).astype(np.uint8), 1.0


DAMAGES: tuple[Damage, ...] = (smaller, blurred, smeared, covered, compressed, dark)


@dataclass(frozen=True, slots=True)
class Degraded:
    """n faces found again: `vectors` (n, d), `people` (n,) and `photos` (n,) as in their set, `quality` (n,) as theirs.

    `seen` (n,) is what their pictures alone make of it.
    """

    vectors: NDArray[np.float32]
    people: NDArray[np.int64]
    photos: NDArray[np.int64]
    quality: NDArray[np.float32]
    seen: NDArray[np.float32]


def degraded(source: Source, name: str, each: int) -> Degraded:
    """Return the main face of each photo of a set made bad `each` times; the first call takes minutes.

    Faces that are not found again are left out.
    """
    path = source.cache / f"{name}.degraded.npz"
    if not path.exists():
        _degrade(source, name, each, path)
    card = Catalog(source.models).card(SFACE)
    with np.load(path) as stored:
        seen = quality = stored["quality"]
        if card.by_length is not None:
            quality = card.by_length.quality(seen, stored["lengths"])
        return Degraded(stored["vectors"], stored["people"], stored["photos"], quality, seen)


def _degrade(source: Source, name: str, each: int, path: Path) -> None:
    folder = source.models
    finder = open_finder(Catalog(folder).default_detector(), folder, threads=1)
    faces, rng = source.faces(name, SFACE), np.random.default_rng(SEED)
    known, sizes = np.unique(faces.people[faces.people >= 0], return_counts=True)
    crops, people, photos, worth = [], [], [], []
    for photo, file in enumerate(source.files(name)):
        own = np.flatnonzero((faces.photos == photo) & np.isin(faces.people, known[sizes >= LEAST_PHOTOS]))
        if not len(own):
            continue
        image = read_photo(file, side=DECODE_SIDE)[1].image
        main = max(finder.find(image), key=lambda face: face.box.area)
        for _ in range(each):
            made, scale = DAMAGES[int(rng.integers(len(DAMAGES)))](image, main.box, rng)
            found = _found_again(finder.find(np.ascontiguousarray(made)), main.box.scaled(scale, scale))
            if found is not None:
                crops.append(align(made, found.landmarks))
                people.append(int(faces.people[own[0]]))
                photos.append(photo)
                worth.append(quality(crops[-1], found))
    card = Catalog(folder).card(SFACE)
    read = open_embedder(card, folder, threads=1).read(np.stack(crops))
    seen = np.array(worth, np.float32)
    np.savez(path, vectors=read.vectors, lengths=read.lengths, people=people, photos=photos, quality=seen)


def _found_again(faces: list[Detection], box: Box) -> Detection | None:
    best = max(faces, key=lambda face: face.box.iou(box), default=None)
    return best if best is not None and best.box.iou(box) >= LEAST_OVERLAP else None
