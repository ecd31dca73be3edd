import numpy as np
import pytest

from engine.faces.align import TEMPLATE_112, align
from engine.faces.crops import BOX_MARGIN, cut
from engine.geometry import Box
from engine.models.card import Crop


@pytest.fixture
def picture(rng: np.random.Generator) -> np.ndarray:
    return rng.integers(0, 256, (300, 400, 3), dtype=np.uint8)


def test_the_aligned_crops_are_the_template_at_their_size(picture: np.ndarray) -> None:
    landmarks = TEMPLATE_112 + np.float32(40)
    box = Box(60, 60, 80, 100)
    assert (cut(picture, box, landmarks, Crop.ARCFACE_112) == align(picture, landmarks)).all()
    assert (cut(picture, box, landmarks, Crop.ARCFACE_160) == align(picture, landmarks, 160)).all()
    assert cut(picture, box, landmarks, Crop.ARCFACE_160).shape == (160, 160, 3)


def test_a_box_is_stretched_with_its_margin(picture: np.ndarray) -> None:
    picture[:] = 0
    picture[100:200, 100:150] = 255
    wide = 1 + 2 * BOX_MARGIN
    crop = cut(picture, Box(100, 100, 50, 100), TEMPLATE_112, Crop.BOX_160)
    assert crop.shape == (160, 160, 3)
    edge = round(160 * BOX_MARGIN / wide)
    assert (crop[edge + 2 : -edge - 2, edge + 2 : -edge - 2] == 255).all()
    assert crop[:, : edge - 2].max() == 0
    assert crop[: edge - 2].max() == 0


def test_a_box_beyond_the_picture_is_black_there(picture: np.ndarray) -> None:
    picture[:] = 200
    crop = cut(picture, Box(-50, -50, 100, 100), TEMPLATE_112, Crop.BOX_160)
    assert crop[0, 0].max() == 0
    assert crop[-20, -20].min() == 200


def test_a_large_box_is_averaged_and_not_sampled() -> None:
    stripes = np.zeros((1600, 1600, 3), np.uint8)
    stripes[:, ::2] = 255
    crop = cut(stripes, Box(200, 200, 1200, 1200), TEMPLATE_112, Crop.BOX_160)
    assert np.abs(crop.astype(int) - 127).max() < 40
