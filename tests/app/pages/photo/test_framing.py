"""A photo in a view: it never leaves a gap, and the point under the pointer stays there."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, QSizeF

from app.pages.photo.framing import Framing
from engine.geometry import Box

lengths = st.integers(40, 6000)
views = st.integers(100, 2600)
shares = st.floats(0.0, 1.0)
steps = st.lists(st.tuples(st.floats(0.2, 5.0), shares, shares, st.floats(-900, 900), st.floats(-900, 900)), max_size=6)


def framing(width: int, height: int, across: int, down: int) -> Framing:
    return Framing(QSizeF(width, height), QSizeF(across, down)).fitting()


@given(lengths, lengths, views, views, steps)
def test_the_photo_fills_the_view_or_lies_in_its_middle(
    width: int, height: int, across: int, down: int, moves: list[tuple[float, float, float, float, float]]
) -> None:
    place = framing(width, height, across, down)
    for factor, x, y, dx, dy in moves:
        place = place.scaled_to(place.scale * factor, QPointF(x * across, y * down)).moved(dx, dy)
        for begin, length, view in (
            (place.rect.left(), place.rect.width(), across),
            (place.rect.top(), place.rect.height(), down),
        ):
            if length <= view:
                assert abs(begin - (view - length) / 2) < 0.01
            else:
                assert begin <= 0.01
                assert begin + length >= view - 0.01
        assert place.scale >= place.fit * 0.999


@given(lengths, lengths, views, views, st.floats(1.0, 6.0), shares, shares)
def test_enlarging_keeps_what_is_under_the_pointer(
    width: int, height: int, across: int, down: int, factor: float, x: float, y: float
) -> None:
    place = framing(width, height, across, down)
    before = place.rect
    at = QPointF(before.left() + x * before.width(), before.top() + y * before.height())
    after = place.scaled_to(place.scale * factor, at).rect
    # Where one side still fits, that side stays in the middle instead.
    if after.width() > across:
        assert abs(after.left() + x * after.width() - at.x()) < 0.5 + after.width() * 1e-6 or _at_edge(after, across)
    if after.height() > down:
        assert (
            abs(after.top() + y * after.height() - at.y()) < 0.5 + after.height() * 1e-6
            or after.top() > -0.01
            or (after.bottom() < down + 0.01)
        )


def _at_edge(rect: QRectF, across: float) -> bool:
    return rect.left() > -0.01 or rect.right() < across + 0.01


@given(lengths, lengths, views, views, shares, shares)
def test_a_box_is_found_again_where_it_is_shown(
    width: int, height: int, across: int, down: int, left: float, top: float
) -> None:
    box = Box(left * 0.8, top * 0.8, 0.15, 0.2)
    place = framing(width, height, across, down).scaled_to(3.0, QPointF(across / 3, down / 3))
    again = place.box_of(place.rect_of(box))
    assert again.iou(box) > 0.999


@given(st.floats(0, 0.9), st.floats(0, 0.9))
def test_a_face_out_of_sight_is_brought_into_sight(left: float, top: float) -> None:
    box = Box(left, top, 0.05, 0.05)
    place = framing(6000, 4000, 900, 700).scaled_to(1.0, QPointF(0, 0)).showing(box)
    assert QRectF(0, 0, 900, 700).adjusted(-1, -1, 1, 1).contains(place.rect_of(box))


def test_a_fitted_photo_stays_fitted_when_the_view_grows() -> None:
    place = framing(3000, 2000, 600, 600).resized(QSizeF(900, 900))
    assert place.fitted
    assert place.rect.width() == 900


def test_rubber_bands_end_at_the_photo() -> None:
    place = framing(1000, 1000, 500, 500)
    box = place.box_of(QRectF(400, 400, 400, 400))
    assert (round(box.left, 3), round(box.width, 3), round(box.bottom, 3)) == (0.8, 0.2, 1.0)
