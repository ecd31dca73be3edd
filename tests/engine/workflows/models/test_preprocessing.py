"""Of several ways to read pixels the best is taken, and the most usual where they are as good."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from engine.models.card import ColourOrder, Crop, Layout, Normalise
from engine.workflows.models.preprocessing import Basis, Finding, Trial, best_of, examples_of, ways
from tests.app.drawn import draw_library, hash_files, name_people

RGB_WAYS = [spec for spec in ways(112, Layout.NCHW) if spec.order is ColourOrder.RGB]

PAIRS = 1000


def test_all_usual_ways_are_tried_the_most_usual_first() -> None:
    tried = list(ways(112, Layout.NCHW))
    assert len(tried) == 12
    assert (tried[0].mean, tried[0].deviation, tried[0].order) == ((127.5,) * 3, (127.5,) * 3, ColourOrder.RGB)
    large = list(ways(160, Layout.NHWC))
    assert len(large) == 24
    assert (large[0].normalise, large[0].crop, large[0].layout) == (Normalise.PER_IMAGE, Crop.BOX_160, Layout.NHWC)
    imagenet = [spec for spec in tried if spec.mean[0] in (123.675, 103.53)]
    assert [spec.mean[0] for spec in imagenet] == [123.675, 103.53], "in the order in which the network reads them"


@pytest.mark.parametrize(("error", "apart", "sure"), [(0.001, 6.0, False), (0.004, 6.0, True), (0.001, 5.6, True)])
def test_the_best_way_is_sure_where_it_is_clearly_better(error: float, apart: float, sure: bool) -> None:
    trials = [Trial(spec, error, apart, PAIRS) for spec in RGB_WAYS[:-1]] + [Trial(RGB_WAYS[-1], 0.0, 6.04, PAIRS)]
    best, other = best_of(trials)
    assert best.spec.normalise is Normalise.PER_IMAGE
    assert other.spec.normalise is Normalise.FIXED
    assert Finding(best, other, Basis.CONFIRMED).sure == sure


def test_two_divisors_that_give_the_same_vectors_are_one_way() -> None:
    trials = [Trial(spec, 0.1 * number, 5.0, PAIRS) for number, spec in enumerate(RGB_WAYS)]
    best, other = best_of(trials)
    assert (best.spec.deviation[0], other.spec.mean[0]) == (127.5, 0.0), "128 is no other way than 127.5"


def test_colours_are_told_apart() -> None:
    trials = [Trial(spec, 0.013, 4.0, PAIRS) for spec in RGB_WAYS]
    blue_first = next(spec for spec in ways(112, Layout.NCHW) if spec.order is ColourOrder.BGR)
    best, _ = best_of([*trials, Trial(blue_first, 0.012, 4.1, PAIRS)])
    assert best.spec.order is ColourOrder.BGR


def test_less_than_one_pair_says_nothing() -> None:
    """As a MobileFaceNet was measured on 66 pairs of one person: what it was trained with is the clearer way."""
    wrong = Trial(RGB_WAYS[3], 0.0460, 4.42, 66)
    right = Trial(RGB_WAYS[0], 0.0494, 4.48, 66)
    best, other = best_of([wrong, right])
    assert (best, other) == (right, wrong)
    assert not Finding(best, other, Basis.CONFIRMED).sure
    assert best_of([replace(wrong, pairs=1000), replace(right, pairs=1000)])[0].spec == wrong.spec


def test_the_clearest_faces_of_people_are_tried(tmp_path: Path) -> None:
    """A model must not be refused because the first photos of the album show little."""
    made = draw_library(tmp_path / "data", tmp_path / "Holiday", (8,) * 8)
    name_people(made, *"ABCDEFGH")
    hash_files(made)
    half = len(made.photos) // 2
    with closing(sqlite3.connect(made.library.path)) as connection, connection:
        connection.execute(
            "UPDATE faces SET quality = CASE WHEN photo_id > ? THEN 0.9 ELSE 0.1 END", [made.photos[half]]
        )
    for photo in sorted(made.folder.iterdir())[: half + 1]:
        photo.unlink()
    examples = examples_of(made.library, 112)
    made.library.close()
    assert examples.basis is Basis.CONFIRMED
    assert len(set(examples.people.tolist())) == 8
    assert len(examples.people) >= 8 * 3
