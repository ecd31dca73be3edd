import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.faces.tiles import tiles


@given(st.integers(1, 900), st.integers(1, 900), st.integers(200, 400), st.integers(0, 80))
def test_every_point_has_one_tile_that_sees_around_it(width: int, height: int, core: int, margin: int) -> None:
    image = np.zeros((height, width, 3), np.uint8)
    rng = np.random.default_rng(1)
    points = rng.uniform(-20, 20 + max(width, height), (40, 2)).astype(np.float32)
    owners = np.zeros(len(points), int)
    for tile in tiles(image, core, margin):
        owned = tile.owns(points)
        owners += owned
        part = tile.cut(image)
        x, y = tile.origin
        assert 0 < part.shape[0] <= core + 2 * margin
        assert 0 < part.shape[1] <= core + 2 * margin
        inside = points[owned]
        inside = inside[((inside >= 0) & (inside < [width, height])).all(axis=1)]
        assert (inside - [x, y] >= 0).all()
        assert (inside - [x, y] < [part.shape[1], part.shape[0]]).all()
        reach = np.minimum(inside - [x, y], [x + part.shape[1], y + part.shape[0]] - inside)
        room = np.minimum(np.minimum(inside, [width, height] - inside), margin)
        assert (reach >= room - 1).all()
    assert (owners == 1).all()


def test_a_small_image_is_one_tile() -> None:
    image = np.zeros((30, 40, 3), np.uint8)
    (tile,) = tiles(image, 64, 16)
    assert tile.cut(image).shape == image.shape
