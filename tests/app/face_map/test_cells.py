"""The index of places finds what looking at all of them finds."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.face_map.camera import Camera
from app.face_map.scene import Scene, make_scene

unit = st.floats(-1.25, 1.25)


def scene_of(count: int, seed: int) -> Scene:
    points = np.random.default_rng(seed).normal(size=(count, 2)).clip(-3, 3).astype(np.float32)
    none = np.full(count, -1)
    return make_scene(np.arange(count), points, np.zeros(count, np.uint32), none, str)


@given(st.integers(0, 200), st.integers(0, 9), unit, unit, st.floats(0.4, 500))
def test_what_is_in_sight_is_what_lies_on_the_widget(count: int, seed: int, x: float, y: float, near: float) -> None:
    scene = scene_of(count, seed)
    whole = Camera(400, 300).fitted(scene.points)
    camera = whole.panned(400 * x, 300 * y).zoomed(near, 200, 150)
    (left, top), (right, bottom) = camera.to_map(0, 0), camera.to_map(400, 300)
    across, down = scene.points[:, 0], scene.points[:, 1]
    there = np.flatnonzero((across > left) & (across < right) & (down > top) & (down < bottom))
    assert scene.in_sight(camera).tolist() == there.tolist()
    few = scene.few_in_sight(camera, 20)
    assert few is None or few.tolist() == there.tolist()
    assert few is not None or scene.cells.count(left, top, right, bottom) > 20


@given(st.integers(1, 200), st.integers(0, 9), st.floats(0, 400), st.floats(0, 300), st.floats(1, 40))
@example(152, 0, 264.0, 23.0, 35.0)  # one lies in a corner of the square around the place, and another is nearer
def test_the_nearest_is_the_nearest(count: int, seed: int, x: float, y: float, reach: float) -> None:
    scene = scene_of(count, seed)
    camera = Camera(400, 300).fitted(scene.points)
    found = scene.nearest(camera, x, y, reach)
    spots = camera.to_widget(scene.points) - np.array([x, y], np.float32)
    apart = np.hypot(spots[:, 0], spots[:, 1])
    if found >= 0:
        assert apart[found] == pytest.approx(apart.min(), abs=1e-2)
        assert apart[found] < reach + 1e-2
    else:
        assert apart.min() >= reach - 1e-2


def test_places_in_one_spot_have_an_index_too() -> None:
    points = np.ones((5, 2), np.float32)
    scene = make_scene(np.arange(5), points, np.zeros(5, np.uint32), np.zeros(5, np.int64), str)
    assert scene.in_sight(Camera(400, 300, x=1.0, y=1.0, scale=10.0)).tolist() == [0, 1, 2, 3, 4]
    assert scene.in_sight(Camera(400, 300, x=90.0, y=1.0, scale=10.0)).tolist() == []
