"""The gate: what helps passes, names that mean nothing never do, and without holding on strangers are ruined."""

from dataclasses import replace

import numpy as np
import pytest

from engine.adapter import Adapter
from engine.learning.examples import examples
from engine.learning.folds import folds
from engine.learning.gate import accepted, gains, judged, refusal
from engine.learning.lesson import Lesson, Way, learn
from engine.learning.mv_am import AdapterFit, Recipe
from engine.learning.points import Point
from engine.models.learned import Gain, Gains
from engine.progress import finish
from tests.engine.learning.drawn_people import DIMENSION, drawn_album


def taught(album, seed: int = 0) -> tuple[Lesson, list[Point]]:
    steps, points = learn(album, seed), []
    while True:
        try:
            report = next(steps)
        except StopIteration as stop:
            return stop.value, points
        points += [report] if isinstance(report, Point) else []


def fitted(vectors, people, others, recipe: Recipe) -> Adapter:
    fit = AdapterFit(vectors, people, others, recipe)
    list(fit.steps())
    return fit.adapter


def test_what_pictures_of_one_person_differ_in_is_learnt() -> None:
    lesson, points = taught(drawn_album())
    assert lesson.adapter is not None
    assert lesson.best.way is Way.ADAPTER
    assert lesson.best.gains.known_verified.low > 0
    assert lesson.best.gains.strangers_verified.change > 0
    assert lesson.calibration is not None
    assert not lesson.calibration.complaint()
    first = [point for point in points if point.round == 0]
    assert first[-1].loss < first[0].loss
    shown = examples(lesson.best.folds)
    assert len(shown.fixed) > len(shown.broken)


def test_where_nothing_is_to_be_learnt_nothing_changes() -> None:
    lesson, _ = taught(drawn_album(nuisance=0.0))
    assert lesson.adapter is None
    assert not any(tried.accepted for tried in lesson.tried)


@pytest.mark.parametrize("seed", range(6))
def test_shuffled_names_never_pass(seed: int) -> None:
    album = drawn_album(people=12, seed=seed)
    shuffled = replace(album, people=np.random.default_rng(seed).permutation(album.people))
    lesson, _ = taught(shuffled, seed)
    assert lesson.adapter is None


@pytest.mark.parametrize("seed", range(4))
def test_an_adapter_learnt_from_shuffled_names_does_not_pass_with_right_ones(seed: int) -> None:
    album = drawn_album(people=12, seed=seed)
    wrong = np.random.default_rng(seed).permutation(album.people)
    found = []
    for fold in folds(album.people, album.days, seed):
        adapter = fitted(album.vectors[fold.learnt], wrong[fold.learnt], album.others, Recipe())
        after = lambda rows, adapter=adapter: adapter.placed(album.vectors[rows])  # noqa: E731
        found.append(judged(album.people, fold, album.rows, after))
    assert not accepted(finish(gains(found)))


def test_without_holding_on_strangers_lose() -> None:
    album = drawn_album(people=12, each=12, nuisance=0.4)
    changes = []
    for hold in (2.0, 0.0):
        found = []
        for fold in folds(album.people, album.days):
            recipe = Recipe(hold=hold, rank=32, rate=2e-2)
            adapter = fitted(album.vectors[fold.learnt], album.people[fold.learnt], album.others, recipe)
            found.append(judged(album.people, fold, album.rows, lambda rows, a=adapter: a.placed(album.vectors[rows])))
        changes.append(finish(gains(found)).strangers_verified.change)
    assert changes[1] < changes[0] - 0.02


def test_the_gate_asks_both_sides() -> None:
    better, same, worse = Gain(0.5, 0.6, 0.05, 0.15), Gain(0.5, 0.5, -0.01, 0.01), Gain(0.5, 0.49, -0.02, 0.0)
    assert accepted(Gains(better, same, same, same))
    assert not accepted(Gains(same, same, better, better))
    assert not accepted(Gains(better, same, worse, same))


def test_what_is_refused_is_told_why() -> None:
    better, same, worse = Gain(0.5, 0.6, 0.05, 0.15), Gain(0.5, 0.5, -0.01, 0.01), Gain(0.5, 0.49, -0.02, 0.0)
    perfect = Gain(1.0, 1.0, 0.0, 0.0)
    assert refusal(Gains(better, same, same, same)) is None
    assert refusal(Gains(perfect, same, same, same)) == (
        "The people you named are told apart already: next to nothing is left to gain."
    )
    assert refusal(Gains(same, better, same, same)) == (
        "That more pairs of the people you named are told right may be chance. Better grouping alone is no proof: with "
        "few people it changes by chance, too."
    )
    for lost in (Gains(better, worse, same, same), Gains(better, same, worse, same), Gains(better, same, same, worse)):
        assert refusal(lost) == "What is gained with some faces would be lost with others."


def test_maps_after_one_another_are_one_map() -> None:
    rng = np.random.default_rng(0)
    first = Adapter.of(rng.normal(size=DIMENSION) / 9, rng.normal(size=(DIMENSION, 3)), rng.normal(size=(DIMENSION, 3)))
    second = Adapter.of(np.zeros(DIMENSION), rng.normal(size=(DIMENSION, 5)), rng.normal(size=(DIMENSION, 5)))
    vectors = drawn_album(people=2).vectors
    assert np.allclose(first.then(second).placed(vectors), second.placed(first.placed(vectors)), atol=1e-4)


def test_learning_begins_where_nothing_changes() -> None:
    album = drawn_album(people=3)
    start = AdapterFit(album.vectors, album.people, album.others).adapter
    assert np.allclose(start.placed(album.vectors), album.vectors, atol=1e-6)


def test_the_same_seed_learns_the_same() -> None:
    album = drawn_album(people=4)
    first, second = (fitted(album.vectors, album.people, album.others, Recipe(epochs=5)) for _ in range(2))
    assert first == second
