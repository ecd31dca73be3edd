import numpy as np
import pytest

from engine.similarity import Calibration
from trainer.evaluation.calibration import calibrate
from trainer.evaluation.intervals import Refusal
from trainer.evaluation.pairs import all_pairs
from trainer.evaluation.quality import by_quality, worst_confusions


def test_mistakes_lie_where_the_quality_is_poor() -> None:
    people = np.repeat(np.arange(10), 8)
    pairs = all_pairs(people, 10**9, np.random.default_rng(0))
    quality = np.random.default_rng(1).random(80)
    poorer = np.minimum(quality[pairs.first], quality[pairs.second])
    scores = np.where(pairs.same == (poorer > np.median(poorer)), 0.9, 0.1)
    bins = by_quality(pairs, scores, quality, 0.5)
    assert len(bins) == 4
    assert sum(each.same + each.different for each in bins) == len(scores)
    assert [each.missed > 0.9 for each in bins] == [True, True, False, False]
    assert bins[0].accepted > 0.9 > 0.1 > bins[3].accepted


def test_one_quality_makes_one_bin() -> None:
    pairs = all_pairs(np.repeat(np.arange(3), 3), 10**9, np.random.default_rng(0))
    bins = by_quality(pairs, np.zeros(len(pairs.first)), np.ones(9), 0.5)
    assert len(bins) == 1
    assert (bins[0].same, bins[0].different) == (9, 27)


def test_worst_confusions_show_each_pair_of_people_once() -> None:
    people = np.repeat(np.arange(5), 4)
    pairs = all_pairs(people, 10**9, np.random.default_rng(0))
    scores = np.random.default_rng(4).uniform(-1, 1, len(pairs.first))
    worst = worst_confusions(pairs, scores, 3)
    different = [each for each in worst if not each.same]
    assert different[0].similarity == scores[~pairs.same].max()
    assert len({frozenset((people[each.first], people[each.second])) for each in different}) == 3
    same = [each for each in worst if each.same]
    assert same[0].similarity == scores[pairs.same].min()
    assert len({people[each.first] for each in same}) == 3


def test_calibration_gives_back_the_shares() -> None:
    people = np.repeat(np.arange(60), 5)
    pairs = all_pairs(people, 10**9, np.random.default_rng(0))
    generator = np.random.default_rng(1)
    scores = np.clip(generator.normal(np.where(pairs.same, 0.6, 0.0), 0.15), -1, 1)
    calibration = calibrate(pairs, scores)
    assert isinstance(calibration, Calibration)
    reached = (scores[~pairs.same] >= calibration.similarity_at(0.01)).mean()
    assert reached == pytest.approx(0.01, rel=0.02)
    assert calibration.same_probability(0.6) > 0.95 > 0.05 > calibration.same_probability(0.0)


def test_a_model_that_tells_nobody_apart_is_not_calibrated() -> None:
    pairs = all_pairs(np.repeat(np.arange(60), 5), 10**9, np.random.default_rng(0))
    close = 1 - 1e-7 * np.random.default_rng(1).random(len(pairs.same))
    for scores in (np.full(len(pairs.same), 0.9), close, np.where(pairs.same, 0.1, 0.9)):
        assert isinstance(calibrate(pairs, scores), Refusal)


def test_calibration_from_few_pairs_is_refused() -> None:
    pairs = all_pairs(np.repeat(np.arange(3), 3), 10**9, np.random.default_rng(0))
    assert isinstance(calibrate(pairs, np.zeros(36)), Refusal)
