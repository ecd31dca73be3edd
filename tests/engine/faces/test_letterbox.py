from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.faces.letterbox import fitted, letterbox, resized, to_tensor
from engine.models.card import ColourOrder, InputSpec, Layout, Normalise

SIZES = st.integers(1, 300)


@given(SIZES, SIZES, SIZES, SIZES)
def test_any_size_becomes_any_size(height: int, width: int, new_height: int, new_width: int) -> None:
    image = np.full((height, width, 3), (10, 120, 240), np.uint8)
    changed = resized(image, new_width, new_height)
    assert changed.shape == (new_height, new_width, 3)
    assert (changed == (10, 120, 240)).all()


@given(SIZES, SIZES)
def test_fitting_keeps_the_aspect(height: int, width: int) -> None:
    image, scale = fitted(np.zeros((height, width, 3), np.uint8), 160, 96)
    assert image.shape[0] <= 96
    assert image.shape[1] <= 160
    assert 160 in image.shape or 96 in image.shape
    assert abs(image.shape[0] - height * scale) <= 1
    assert abs(image.shape[1] - width * scale) <= 1


def test_shrinking_keeps_positions() -> None:
    image = np.zeros((700, 900, 3), np.uint8)
    image[350:420, 600:670] = 255
    for factor in (1.3, 2.0, 3.7, 6.0):
        small = resized(image, round(900 / factor), round(700 / factor))[..., 0].astype(float)
        rows, columns = np.indices(small.shape)
        middle = np.array([(columns * small).sum(), (rows * small).sum()]) / small.sum() + 0.5
        np.testing.assert_allclose(middle * factor, [635, 385], atol=0.02 * 900 / factor)


def test_fine_patterns_do_not_come_back_as_coarse_ones() -> None:
    stripes = np.zeros((800, 800, 3), np.uint8)
    stripes[:, ::2] = 255
    small = resized(stripes, 180, 180)
    assert small.min() > 100
    assert small.max() < 155


def test_pixels_in_the_card_s_order_and_scale(rng: np.random.Generator) -> None:
    image = rng.integers(0, 256, (20, 30, 3), dtype=np.uint8)
    spec = InputSpec(0, 0, (1.0, 2.0, 3.0), (2.0, 4.0, 8.0), ColourOrder.BGR)
    tensor = letterbox(image, spec, 64, 32)
    assert tensor.shape == (1, 3, 32, 64)
    assert tensor.dtype == np.float32
    for place, channel in enumerate([2, 1, 0]):
        expected = (image[..., channel].astype(np.float32) - spec.mean[place]) / spec.deviation[place]
        np.testing.assert_array_equal(tensor[0, place, :20, :30], expected)
        black = np.float32(-spec.mean[place] / spec.deviation[place])
        assert (tensor[0, place, 20:] == black).all()
        assert (tensor[0, place, :, 30:] == black).all()


@pytest.mark.parametrize("order", list(ColourOrder))
def test_both_ways_to_a_tensor_agree(rng: np.random.Generator, order: ColourOrder) -> None:
    images = rng.integers(0, 256, (3, 32, 64, 3), dtype=np.uint8)
    spec = InputSpec(64, 32, (127.5,) * 3, (128.0,) * 3, order)
    together = to_tensor(images, spec)
    for number, image in enumerate(images):
        np.testing.assert_array_equal(together[number], letterbox(image, spec, 64, 32)[0])


def test_each_image_by_its_own_mean_and_deviation(rng: np.random.Generator) -> None:
    images = rng.integers(0, 256, (3, 160, 160, 3), dtype=np.uint8)
    images[2] = 9
    tensor = to_tensor(images, InputSpec(160, 160, normalise=Normalise.PER_IMAGE))
    values = images[:2].astype(np.float64)
    expected = (values - values.mean((1, 2, 3), keepdims=True)) / values.std((1, 2, 3), keepdims=True)
    np.testing.assert_allclose(tensor[:2], expected.transpose(0, 3, 1, 2), atol=1e-5)
    assert not tensor[2].any(), "one colour has no deviation to divide by"


def test_channels_may_come_last(rng: np.random.Generator) -> None:
    images = rng.integers(0, 256, (2, 112, 112, 3), dtype=np.uint8)
    spec = InputSpec(112, 112, (127.5,) * 3, (128.0,) * 3, ColourOrder.BGR)
    last = to_tensor(images, replace(spec, layout=Layout.NHWC))
    assert last.shape == (2, 112, 112, 3)
    np.testing.assert_array_equal(last.transpose(0, 3, 1, 2), to_tensor(images, spec))
