import cv2
import numpy as np
import pytest

from engine.faces.align import align
from engine.faces.detect import Detection
from engine.faces.finder import FaceFinder
from engine.faces.quality import LOW_QUALITY, frontality, quality, sharpness
from engine.geometry import Box

FRONTAL = np.array([[40, 50], [72, 50], [56, 70], [42, 92], [70, 92]], np.float32)


def detection(landmarks: np.ndarray = FRONTAL, size: float = 90, score: float = 0.93) -> Detection:
    return Detection(Box(10, 10, size, size), landmarks, score)


def middle(finder: FaceFinder, image: np.ndarray) -> Detection | None:
    found = finder.find(image)
    near = [one for one in found if one.box.holds(image.shape[1] / 2, image.shape[0] / 2)]
    return near[0] if near else None


def qualities(finder: FaceFinder, images: list[np.ndarray]) -> list[float]:
    seen = [(image, found) for image in images if (found := middle(finder, image)) is not None]
    return [quality(align(image, found.landmarks), found) for image, found in seen]


def test_good_portraits_are_good(finder: FaceFinder, portraits: list[np.ndarray]) -> None:
    found = qualities(finder, portraits)
    assert len(found) == len(portraits)
    assert np.median(found) > 0.9
    assert min(found) > LOW_QUALITY


def smeared(image: np.ndarray) -> np.ndarray:
    kernel = np.zeros((35, 35), np.float32)
    kernel[17] = 1 / 35
    return np.asarray(cv2.filter2D(image, -1, kernel))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda image: np.asarray(cv2.GaussianBlur(image, (0, 0), 7)),
        smeared,
        lambda image: np.asarray(cv2.resize(image, (40, 40), interpolation=cv2.INTER_AREA)),
    ],
    ids=["blurred", "smeared", "tiny"],
)
def test_spoiled_portraits_have_little_quality(finder: FaceFinder, portraits: list[np.ndarray], spoil) -> None:
    found = qualities(finder, [spoil(portrait) for portrait in portraits])
    assert len(found) >= 8
    assert np.mean(found) < LOW_QUALITY + 0.15


def test_quality_falls_step_by_step_with_blur(finder: FaceFinder, portraits: list[np.ndarray]) -> None:
    means = [
        np.mean(qualities(finder, [np.asarray(cv2.GaussianBlur(portrait, (0, 0), blur)) for portrait in portraits]))
        for blur in (0.5, 3, 5, 8)
    ]
    assert means == sorted(means, reverse=True)


def test_a_flat_crop_has_no_quality() -> None:
    assert quality(np.full((112, 112, 3), 130, np.uint8), detection()) == 0


def test_quality_is_between_0_and_1(rng: np.random.Generator) -> None:
    noise = rng.integers(0, 256, (112, 112, 3), dtype=np.uint8)
    assert sharpness(noise) > 1
    assert quality(noise, detection()) == 1
    assert 0 < quality(noise, detection(size=16)) < 1
    assert quality(noise, detection(score=0.4)) == 0


def test_pose() -> None:
    turned = FRONTAL.copy()
    turned[2, 0] = 72
    away = FRONTAL.copy()
    away[2, 0] = 104
    assert frontality(detection()) == pytest.approx(1)
    assert frontality(detection(turned)) == pytest.approx(0)
    assert frontality(detection(away)) == pytest.approx(-2)
    assert frontality(detection(np.zeros((5, 2), np.float32))) == -1


def test_brightness_alone_changes_little(finder: FaceFinder, portraits: list[np.ndarray]) -> None:
    dark = [(portrait * 0.4).astype(np.uint8) for portrait in portraits]
    assert np.median(qualities(finder, dark)) > 0.8
