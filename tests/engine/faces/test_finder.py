import csv
import threading
from pathlib import Path

import cv2
import numpy as np
import pytest
from sklearn.datasets import load_sample_image

from engine.faces.detect import Detection
from engine.faces.finder import DECODE_SIDE, MINIMUM, SIDE, FaceFinder, open_finder
from engine.geometry import Box
from engine.models.catalog import Catalog
from engine.models.session import PLAIN


def backdrop(rng: np.random.Generator, width: int, height: int) -> np.ndarray:
    """A smooth field of colours."""
    small = rng.integers(40, 200, (5, 7, 3), dtype=np.uint8)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC))


def paste(image: np.ndarray, portrait: np.ndarray, tall: int, left: int, top: int) -> Box:
    """Put a portrait's head and shoulders into an image, the face `tall` pixels tall, and return where the face is."""
    side = round(tall * 250 / 110)
    small = cv2.resize(portrait, (side, side), interpolation=cv2.INTER_AREA if side < 250 else cv2.INTER_CUBIC)
    edge = side // 8
    head = small[edge : side - edge, edge : side - edge]
    image[top : top + len(head), left : left + len(head)] = head
    return Box(left + side * 0.15, top + side * 0.1, side * 0.45, side * 0.55)


def crowd(rng: np.random.Generator, portraits: list[np.ndarray], tall: int, count: int) -> tuple[np.ndarray, list[Box]]:
    image = backdrop(rng, 2000, 1500)
    step = 2000 // 8
    places = rng.permutation(8 * 6)[:count]
    boxes = [
        paste(image, portraits[number % len(portraits)], tall, int(place % 8) * step + 20, int(place // 8) * step + 20)
        for number, place in enumerate(places)
    ]
    return image, boxes


def share_found(found: list[Detection], boxes: list[Box]) -> float:
    return sum(any(box.holds(*one.box.centre) for one in found) for box in boxes) / len(boxes)


def test_a_face_that_fills_the_frame_is_found_once(finder: FaceFinder, people: list[list[np.ndarray]]) -> None:
    for portrait in [portrait for photos in people for portrait in photos[:5]]:
        image = cv2.resize(portrait[62:188, 62:188], (1920, 1920), interpolation=cv2.INTER_CUBIC)
        (found,) = [one for one in finder.find(np.asarray(image)) if one.box.height > 200]
        assert found.box.holds(960, 960)


@pytest.mark.parametrize("tall", [60, 200, 600])
def test_a_face_seen_in_several_looks_is_told_once(
    finder: FaceFinder, portraits: list[np.ndarray], rng: np.random.Generator, tall: int
) -> None:
    for portrait in portraits[:4]:
        image = backdrop(rng, 2000, 1500)
        box = paste(image, portrait, tall, 300, 40)
        found = [one for one in finder.find(image) if box.iou(one.box) > 0.1]
        assert len(found) == 1
        assert 0.7 * tall < found[0].box.height < 1.5 * tall


@pytest.mark.parametrize(("tall", "least"), [(28, 0.9), (40, 0.95), (60, 1.0)])
def test_small_faces_of_a_group_are_found(
    finder: FaceFinder, portraits: list[np.ndarray], rng: np.random.Generator, tall: int, least: float
) -> None:
    shares = [share_found(finder.find(image), boxes) for image, boxes in (crowd(rng, portraits, tall, 30),)]
    assert min(shares) >= least


def test_the_close_look_is_what_finds_them(
    finder: FaceFinder, portraits: list[np.ndarray], rng: np.random.Generator
) -> None:
    image, boxes = crowd(rng, portraits, 28, 30)
    scale = SIDE / 2000
    main = np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))
    alone = finder.detector.detect(main)
    assert share_found(alone, [box.scaled(scale, scale) for box in boxes]) < 0.6
    assert share_found(finder.find(image), boxes) > 0.9


def test_nothing_below_the_minimum_is_kept(
    finder: FaceFinder, portraits: list[np.ndarray], rng: np.random.Generator
) -> None:
    image, _ = crowd(rng, portraits, 13, 40)
    assert all(one.box.height >= MINIMUM for one in finder.find(image))


def test_labelled_faces_of_groups_are_found(finder: FaceFinder, shared_data: Path) -> None:
    labelled: dict[str, list[Box]] = {}
    with (shared_data / "group" / "boxes.csv").open(newline="") as stream:
        for row in csv.DictReader(stream):
            box = Box(*(float(row[key]) for key in "xywh"))
            if row["invalid"] == "0" and max(box.width, box.height) >= 30:
                labelled.setdefault(row["path"], []).append(box)
    found = hits = 0
    for path, boxes in sorted(labelled.items())[::2]:
        image = cv2.imread(str(shared_data / path))
        assert image is not None
        detections = finder.find(np.ascontiguousarray(image[..., ::-1]))
        found += len(boxes)
        hits += round(share_found(detections, boxes) * len(boxes))
    assert found >= 40
    assert hits / found >= 0.88


def test_landscapes_hold_no_faces(finder: FaceFinder) -> None:
    for name in ("china.jpg", "flower.jpg"):
        assert finder.find(np.ascontiguousarray(load_sample_image(name))) == []


def test_a_panorama_keeps_its_faces(finder: FaceFinder, portraits: list[np.ndarray], rng: np.random.Generator) -> None:
    image = backdrop(rng, 6000, 500)
    boxes = [paste(image, portrait, 70, 40 + number * 590, 100) for number, portrait in enumerate(portraits)]
    assert share_found(finder.find(image), boxes) == 1
    upright = np.ascontiguousarray(image[:, :1200].transpose(1, 0, 2)[:, ::-1])
    assert finder.find(upright) is not None


@pytest.mark.parametrize("shape", [(1, 1), (1, 5000), (5000, 1), (2, 3), (40, 30), (64, 4000)])
def test_any_size_can_be_searched(finder: FaceFinder, rng: np.random.Generator, shape: tuple[int, int]) -> None:
    assert finder.find(rng.integers(0, 256, (*shape, 3), dtype=np.uint8)) == []


def test_a_thumbnail_s_face_is_found(finder: FaceFinder, portraits: list[np.ndarray]) -> None:
    for portrait in portraits:
        small = np.asarray(cv2.resize(portrait, (100, 100), interpolation=cv2.INTER_AREA))
        assert any(one.box.holds(50, 50) for one in finder.find(small))


def test_threads_find_the_same(finder: FaceFinder, portraits: list[np.ndarray], rng: np.random.Generator) -> None:
    images = [crowd(rng, portraits, 50, 5)[0] for _ in range(3)]
    expected = [[one.box for one in finder.find(image)] for image in images]
    found: dict[int, list[Box]] = {}

    def work(number: int) -> None:
        found[number] = [one.box for one in finder.find(images[number])]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[number] for number in range(3)] == expected


def test_decoding_leaves_enough_for_the_close_look() -> None:
    assert DECODE_SIDE >= 2 * SIDE


def test_the_side_can_be_chosen(models_dir: Path, portraits: list[np.ndarray], rng: np.random.Generator) -> None:
    card = Catalog(models_dir).default_detector()
    image = backdrop(rng, 1500, 1500)
    box = paste(image, portraits[0], 25, 700, 700)
    wide = open_finder(card, models_dir, running=PLAIN, side=1500)
    assert share_found(wide.find(image), [box]) == 1
