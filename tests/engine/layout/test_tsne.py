"""The map keeps who is like whom, is the same each time, and leaves everybody where he was when faces are added."""

import os
from itertools import islice

import numpy as np
import pytest
from sklearn.manifold import trustworthiness

from engine.layout.placing import place_new
from engine.layout.task import lay_out_beside
from engine.layout.tsne import LayoutOptions, lay_out
from engine.progress import finish

QUICK = LayoutOptions(early_rounds=60, rounds=60)


def people(rng, sizes, noise=0.8):
    centres = rng.normal(size=(len(sizes), 64))
    who = np.repeat(np.arange(len(sizes)), sizes)
    vectors = centres[who] / np.linalg.norm(centres[who], axis=1, keepdims=True)
    vectors = vectors + noise * rng.normal(size=vectors.shape) / 8
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32), who


def same_neighbour(points, who):
    apart = np.linalg.norm(points[:, None] - points[None], axis=2)
    np.fill_diagonal(apart, np.inf)
    return float((who[apart.argmin(axis=1)] == who).mean())


def test_neighbours_stay_neighbours(rng):
    vectors, who = people(rng, [40, 30, 20, 10, 10, 5, 5])
    points = finish(lay_out(vectors, QUICK))
    assert points.shape == (120, 2)
    assert points.dtype == np.float32
    assert trustworthiness(vectors, points, n_neighbors=5) > 0.85
    assert same_neighbour(points, who) > 0.98


def test_the_same_faces_give_the_same_map_here_and_beside(rng):
    vectors, _ = people(rng, [20, 20, 10])
    once = finish(lay_out(vectors))
    assert np.array_equal(once, finish(lay_out(vectors)))
    assert np.array_equal(once, finish(lay_out_beside(vectors)))


@pytest.mark.parametrize("count", [0, 1, 2, 5, 6, 9])
def test_very_few_faces(rng, count):
    points = finish(lay_out(people(rng, [count])[0], QUICK))
    assert points.shape == (count, 2)
    assert np.isfinite(points).all()
    assert len(np.unique(points, axis=0)) == count


def test_copies_of_one_face_can_be_laid_out():
    vectors = np.tile(np.eye(1, 16, dtype=np.float32), (40, 1))
    assert np.isfinite(finish(lay_out(vectors, QUICK))).all()


def test_while_it_is_made_the_map_is_seen(rng):
    reports = list(lay_out(people(rng, [30, 30])[0], QUICK))
    assert reports[0].stage == "neighbours"
    assert [report.done for report in reports if report.stage == "layout"] == list(range(10, 121, 10))
    assert reports[-1].points.shape == (60, 2)


def test_what_makes_no_sense_is_refused(rng):
    with pytest.raises(ValueError, match="at least 1"):
        finish(lay_out(people(rng, [30])[0], LayoutOptions(rounds=0)))


def test_new_faces_lie_beside_their_like_and_nobody_else_moves(rng):
    vectors, who = people(rng, [40, 30, 20])
    known = np.ones(90, bool)
    known[::7] = False
    points = np.full((90, 2), np.nan, np.float32)
    points[known] = finish(lay_out(vectors[known], QUICK))
    placed = place_new(vectors, points, known)
    assert np.array_equal(placed[known], points[known])
    assert same_neighbour(placed, who) > 0.98
    assert np.array_equal(placed, place_new(vectors, points, known))


def test_many_new_faces_are_placed_as_few_are(rng):
    vectors, who = people(rng, [300, 250, 100])
    known = np.zeros(650, bool)
    known[::2] = True
    points = np.zeros((650, 2), np.float32)
    points[known] = finish(lay_out(vectors[known], QUICK))
    assert same_neighbour(place_new(vectors, points, known), who) > 0.95


@pytest.mark.skipif(os.name != "posix", reason="asks the system for the processes that are left")
def test_giving_up_ends_the_process(rng):
    steps = lay_out_beside(people(rng, [2_000, 2_000])[0])
    assert len(list(islice(steps, 3))) == 3
    steps.close()
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
