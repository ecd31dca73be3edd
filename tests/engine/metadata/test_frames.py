import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.geometry import Box
from engine.metadata.frames import inside, stored_box, upright_box
from engine.scan.pixels import upright

PART = st.floats(0, 1)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_box_turns_as_the_pixels_do(orientation: int) -> None:
    image = np.zeros((40, 100, 3), np.uint8)
    image[5:15, 20:50] = 255
    turned = upright(image, orientation)
    rows, columns = np.nonzero(turned[..., 0])
    height, width = turned.shape[:2]
    seen = Box(columns.min(), rows.min(), columns.max() + 1 - columns.min(), rows.max() + 1 - rows.min())
    box = upright_box(Box(0.2, 0.125, 0.3, 0.25), orientation).scaled(width, height)
    assert box.iou(seen) == pytest.approx(1)


@given(PART, PART, PART, PART, st.integers(1, 8))
def test_back_again_it_is_the_same_box(left: float, top: float, width: float, height: float, orientation: int) -> None:
    box = Box(left, top, width, height)
    back = stored_box(upright_box(box, orientation), orientation)
    assert (back.left, back.top, back.width, back.height) == pytest.approx((left, top, width, height), abs=1e-12)


def test_an_orientation_that_there_is_not_is_upright() -> None:
    assert upright_box(Box(0.1, 0.2, 0.3, 0.4), 9) == Box(0.1, 0.2, 0.3, 0.4)


def test_only_what_lies_in_the_picture_is_kept() -> None:
    assert inside(Box(-0.25, 0.5, 0.5, 1)) == Box(0, 0.5, 0.25, 0.5)
    assert inside(Box(1.1, 0.5, 0.5, 0.1)) is None
