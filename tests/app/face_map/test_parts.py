"""The parts of the map that need no window: where one looks, what lies within an outline, and what is painted."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage, QPainter

from app.face_map.camera import LEAST, Camera
from app.face_map.colours import NAMED, colour_by
from app.face_map.dots import BEYOND, Dots
from app.face_map.islands import LEAST_SIDE, choose_shown, middles_of
from app.face_map.lasso import inside_outline, nearest_towards
from app.face_map.raster import LEVELS, Canvas, premultiplied
from app.face_map.scene import make_scene
from app.style.theme import DARK, LIGHT, palette_of

CAMERA = Camera(800, 600)
PLACES = np.array([(-4, -3), (4, 3), (0, 0), (2, -1)], np.float32)


def test_a_fitted_camera_sees_everything_in_its_middle():
    camera = CAMERA.fitted(PLACES)
    spots = camera.to_widget(PLACES)
    assert (spots > 0).all()
    assert (spots < (800, 600)).all()
    assert np.allclose(spots[2], (400, 300))
    assert CAMERA.fitted(PLACES[:0]) == CAMERA


def test_zooming_keeps_the_place_under_the_mouse():
    camera = CAMERA.fitted(PLACES)
    before = camera.to_map(123, 456)
    nearer = camera.zoomed(3, 123, 456)
    assert np.allclose(nearer.to_map(123, 456), before)
    assert nearer.scale == pytest.approx(3 * camera.scale)
    assert camera.zoomed(1e-9, 0, 0).scale == pytest.approx(camera.whole * LEAST)
    moved = camera.panned(10, -5).to_widget(PLACES) - camera.to_widget(PLACES)
    assert np.allclose(moved, (10, -5), atol=1e-3)


def test_the_way_to_a_place_begins_and_ends_where_it_should():
    start = CAMERA.fitted(PLACES)
    goal = start.around(PLACES[1:2])
    assert start.between(goal, 0).scale == pytest.approx(start.scale)
    end = start.between(goal, 1)
    assert (end.x, end.y, end.scale) == pytest.approx((goal.x, goal.y, goal.scale))
    level = start.between(start.panned(50, 0), 0.5)
    assert level.x == pytest.approx((start.x + start.panned(50, 0).x) / 2)


def test_an_outline_holds_what_is_within_it():
    places = np.array([(1, 1), (5.5, 5), (3, 1), (9, 9), (3, 3.5)], np.float32)
    arrow = np.array([(0, 0), (6, 0), (6, 6), (3, 2.5), (0, 6)], np.float32)
    assert inside_outline(places, arrow).tolist() == [True, True, True, False, False]
    assert not inside_outline(places, arrow[:2]).any()


def test_the_next_face_lies_in_the_direction_of_the_key():
    places = np.array([(0, 0), (10, 1), (3, 9), (-5, 0), (30, 0)], np.float32)
    assert nearest_towards(places, 0, 1, 0) == 1
    assert nearest_towards(places, 0, 0, 1) == 2
    assert nearest_towards(places, 0, -1, 0) == 3
    assert nearest_towards(places, 4, 1, 0) == 4


def test_a_disc_is_where_its_face_is_and_those_outside_are_left_out():
    canvas = Canvas(20, 10, 4)
    red = np.uint32(0xFFFF0000)
    canvas.dots(np.array([(5, 5), (300, 5), (-90, 2)], np.float32), np.full(3, red, np.uint32), 1.5)
    assert canvas.pixels[9, 9] == red
    painted = np.argwhere(canvas.pixels)
    assert np.abs(painted - (9, 9)).max() <= 2
    before = canvas.pixels.copy()
    canvas.dots(np.array([(5, 5)], np.float32), np.full(1, red, np.uint32), 1.5, least_level=LEVELS)
    assert np.array_equal(before, canvas.pixels)


def test_transparent_colours_are_premultiplied():
    assert premultiplied(np.array([0xFFFF8000], np.uint32), 0.5).tolist() == [0x80804000]


@pytest.mark.parametrize("scheme", [LIGHT, DARK])
def test_the_largest_groups_differ_and_nobody_is_grey(scheme):
    palette = palette_of(scheme)
    groups = np.concatenate([np.repeat(np.arange(12), np.arange(24, 12, -1)), [-1, -1]])
    found = colour_by(groups, palette, first=[11])
    assert [group for group, _ in found.legend] == [11, *range(NAMED - 1)]
    assert (found.others, found.nobody) == (12 - NAMED, 2)
    assert len(np.unique(found.colours)) == 13
    assert QColor.fromRgba(int(found.colours[-1])).rgba() == found.grey.rgba()


def test_pictures_never_cover_one_another_and_large_groups_come_first():
    rng = np.random.default_rng(3)
    groups = np.repeat(np.arange(40), np.arange(82, 2, -2))
    points = (rng.uniform(-50, 50, (40, 2))[groups] + rng.normal(size=(len(groups), 2))).astype(np.float32)
    middles = middles_of(points, groups)
    assert groups[middles].tolist() == list(range(40))
    camera = CAMERA.fitted(points)
    for seen in (np.arange(len(points)), np.arange(len(points)).repeat(2)):
        shown = choose_shown(points, middles, camera, seen)
        spots = camera.to_widget(points[shown.rows])
        apart = np.linalg.norm(spots[:, None] - spots[None], axis=2) + np.eye(len(spots)) * 1e6
        assert apart.min() >= LEAST_SIDE
    moved = choose_shown(points, middles, camera.panned(13, 7), np.arange(len(points)))
    assert set(moved.rows.tolist()) <= set(choose_shown(points, middles, camera, np.arange(len(points))).rows.tolist())


def test_a_scene_knows_its_faces_and_what_is_in_sight():
    groups = np.array([3, -1, 3, 5])
    scene = make_scene(np.array([7, 9, 11, 20]), PLACES, np.zeros(4, np.uint32), groups, str)
    assert scene.row_of(11) == 2
    assert scene.row_of(8) == -1
    assert scene.order[0] == 1
    assert scene.in_sight(CAMERA.fitted(PLACES)).tolist() == [0, 1, 2, 3]
    assert scene.in_sight(CAMERA.fitted(PLACES).zoomed(9, 400, 300)).tolist() == [2]


def test_the_image_of_points_moves_along_and_stretches_only_on_the_way(qapp) -> None:
    rng = np.random.default_rng(5)
    points = rng.normal(size=(3_000, 2)).astype(np.float32)
    groups = np.repeat(np.arange(30), 100)
    palette, none = palette_of(LIGHT), np.empty(0, np.int64)
    scene = make_scene(np.arange(3_000), points, colour_by(groups, palette).colours, groups, str)
    camera = Camera(400, 300).fitted(points)

    def painted(dots: Dots, seen: Camera, *, moving: bool = False) -> NDArray[np.uint32]:
        image = QImage(400, 300, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        painter = QPainter(image)
        dots.paint(painter, scene, seen, none, palette, 1.0, moving=moving)
        painter.end()
        return np.frombuffer(image.constBits(), np.uint32).reshape(300, 400).copy()

    dots = Dots()
    first = painted(dots, camera)
    assert first.any()
    moved = painted(dots, camera.panned(30, -20), moving=True)
    assert dots.exact
    assert np.array_equal(moved[:280, 30:], first[20:, :370]), "whole pixels: nothing is drawn anew"
    far = camera.panned(3 * BEYOND, 0)
    assert np.array_equal(painted(dots, far, moving=True), painted(Dots(), far))
    near = far.zoomed(1.2, 200, 150)
    painted(dots, near, moving=True)
    assert not dots.exact
    assert np.array_equal(painted(dots, near), painted(Dots(), near))
    assert dots.exact
    much = far.zoomed(2, 200, 150)
    assert np.array_equal(painted(dots, much, moving=True), painted(Dots(), much)), "too far to be stretched"
