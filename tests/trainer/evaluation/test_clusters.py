import numpy as np
import pytest
from sklearn.metrics import pair_confusion_matrix

from engine.clustering.metrics import bcubed, pairwise
from trainer.evaluation.clusters import bcubed_f, compare_clusters, contingency, pairwise_f
from trainer.evaluation.intervals import Measure, Refusal, estimate


def test_pairwise_agrees_with_scikit_learn() -> None:
    generator = np.random.default_rng(0)
    people, clusters = generator.integers(0, 8, 200), generator.integers(0, 6, 200)
    (_, false), (missed, right) = pair_confusion_matrix(people, clusters)
    table = contingency(people, clusters)
    assert pairwise_f(table, np.ones(8)) == pytest.approx(2 * right / (2 * right + false + missed))


def test_bcubed_by_its_definition() -> None:
    generator = np.random.default_rng(1)
    people, clusters = generator.integers(0, 5, 60), generator.integers(0, 4, 60)
    same_person, same_cluster = people[:, None] == people, clusters[:, None] == clusters
    both = (same_person & same_cluster).sum(axis=1)
    precision, recall = (both / same_cluster.sum(axis=1)).mean(), (both / same_person.sum(axis=1)).mean()
    expected = 2 * precision * recall / (precision + recall)
    assert bcubed_f(contingency(people, clusters), np.ones(5)) == pytest.approx(expected)


def test_both_agree_with_the_engine() -> None:
    generator = np.random.default_rng(1)
    people, clusters = generator.integers(0, 5, 60), generator.integers(-1, 4, 60)
    measures = compare_clusters("ours", clusters, people)
    theirs = {"ours: pairwise F": pairwise(people, clusters).f, "ours: BCubed F": bcubed(people, clusters).f}
    for name, expected in theirs.items():
        measure = measures[name]
        assert isinstance(measure, Measure)
        assert measure.compute(np.ones(5)) == pytest.approx(expected)


def test_only_the_drawn_people_are_judged() -> None:
    people, clusters = np.array([0, 0, 0, 1, 1, 2]), np.array([0, 0, 0, 1, 2, 2])
    table = contingency(people, clusters)
    assert bcubed_f(table, np.array([1.0, 0.0, 0.0])) == 1.0
    assert pairwise_f(table, np.array([4.0, 0.0, 0.0])) == 1.0
    # Person 1 is in two halves, one of them shared with person 2.
    assert bcubed_f(table, np.array([0.0, 1.0, 0.0])) == pytest.approx(2 * 0.75 * 0.5 / 1.25)


def test_an_interval_surrounds_its_figure() -> None:
    generator = np.random.default_rng(3)
    people = np.repeat(np.arange(12), 10)
    measures = compare_clusters("poor", generator.integers(0, 12, 120), people)
    for result in estimate(measures, seed=0, rounds=200).values():
        assert not isinstance(result, Refusal)
        assert result.low <= result.value <= result.high


def test_perfect_and_lonely_faces() -> None:
    people = np.repeat(np.arange(4), 3)
    measures = compare_clusters("default", np.where(people == 3, -1, people), people)
    pairwise, bcubed = measures["default: pairwise F"], measures["default: BCubed F"]
    assert isinstance(pairwise, Measure)
    assert isinstance(bcubed, Measure)
    # Nine of twelve pairs are found; the three faces left alone are pure but found by a third.
    assert pairwise.compute(np.ones(4)) == pytest.approx(2 * 9 / (9 + 12))
    assert bcubed.compute(np.ones(4)) == pytest.approx(2 * (10 / 12) / (1 + 10 / 12))
    assert np.isnan(bcubed.compute(np.zeros(4)))
