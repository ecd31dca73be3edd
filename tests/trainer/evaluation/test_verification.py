import math

import numpy as np
import pytest
from sklearn.metrics import roc_curve

from trainer.evaluation.intervals import Measure, Refusal, differences, estimate
from trainer.evaluation.pairs import Pairs, Unit, all_pairs, different_pairs, fold_pairs, listed_pairs, same_pairs
from trainer.evaluation.verification import RankedFolds, RankedPairs, cosine_of, squared_distance, verification


def of_file(first: np.ndarray, second: np.ndarray, same: np.ndarray) -> Pairs:
    return listed_pairs(first, second, same, np.arange(len(same)) * 10 // len(same))


def unit_vectors(people: np.ndarray, spread: float, seed: int) -> np.ndarray:
    generator = np.random.default_rng(seed)
    centres = generator.normal(size=(people.max() + 1, 16))
    vectors = centres[people] + spread * generator.normal(size=(len(people), 16))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture
def people() -> np.ndarray:
    return np.repeat(np.arange(30), 6)


@pytest.fixture
def embeddings(people: np.ndarray) -> np.ndarray:
    return unit_vectors(people, 1.2, 5)


def test_squared_distance_and_cosine_say_the_same() -> None:
    a, b = np.array([1.0, 0.0]), np.array([math.cos(0.7), math.sin(0.7)])
    assert squared_distance(float(a @ b)) == pytest.approx(float(((a - b) ** 2).sum()))
    assert cosine_of(squared_distance(0.3)) == pytest.approx(0.3)


def test_curve_is_that_of_scikit_learn(people: np.ndarray, embeddings: np.ndarray) -> None:
    pairs = all_pairs(people, 10**9, np.random.default_rng(0))
    scores = pairs.similarities(embeddings)
    roc = RankedPairs(pairs, scores).roc(np.ones(pairs.units))
    far, val, thresholds = roc_curve(pairs.same, scores, drop_intermediate=False)
    assert roc is not None
    np.testing.assert_allclose(roc.far, far)
    np.testing.assert_allclose(roc.val, val)
    np.testing.assert_allclose(roc.threshold[1:], thresholds[1:])


def test_val_and_far_follow_facenet_on_squared_distance(people: np.ndarray, embeddings: np.ndarray) -> None:
    pairs = all_pairs(people, 10**9, np.random.default_rng(0))
    roc = RankedPairs(pairs, pairs.similarities(embeddings)).roc(np.ones(pairs.units))
    assert roc is not None
    limit = squared_distance(roc.threshold_at(0.01)) + 1e-9
    squared = ((embeddings[pairs.first].astype(float) - embeddings[pairs.second]) ** 2).sum(axis=1)
    assert (squared[~pairs.same] <= limit + 1e-6).mean() <= 0.01
    assert roc.val_at(0.01) == pytest.approx((squared[pairs.same] <= limit + 1e-6).mean(), abs=2e-3)


def test_equal_scores_cannot_be_parted() -> None:
    same = np.array([True, False, True, False])
    pairs = of_file(np.arange(4), np.arange(4), same)
    roc = RankedPairs(pairs, np.full(4, 0.5)).roc(np.ones(4))
    assert roc is not None
    assert roc.far.tolist() == [0.0, 1.0]
    assert roc.equal_error_rate() == pytest.approx(0.5)


def test_perfect_and_worst_models() -> None:
    same = np.array([True] * 20 + [False] * 20)
    pairs = of_file(np.arange(40), np.arange(40), same)
    right = RankedPairs(pairs, np.where(same, 0.9, 0.1)).roc(np.ones(40))
    wrong = RankedPairs(pairs, np.where(same, 0.1, 0.9)).roc(np.ones(40))
    assert right is not None
    assert wrong is not None
    assert (right.equal_error_rate(), right.val_at(0.001)) == (0.0, 1.0)
    assert (wrong.equal_error_rate(), wrong.val_at(0.001)) == (1.0, 0.0)


def test_too_few_pairs_are_refused_with_counts(people: np.ndarray, embeddings: np.ndarray) -> None:
    chosen = people < 6
    pairs = all_pairs(people[chosen], 10**9, np.random.default_rng(0))
    folds = fold_pairs(people[chosen], np.random.default_rng(0))
    ranked = RankedPairs(pairs, pairs.similarities(embeddings[chosen]))
    measures = verification(ranked, RankedFolds(folds, folds.similarities(embeddings[chosen])))
    refusal = measures["VAL at FAR 0.001"]
    assert isinstance(refusal, Refusal)
    assert "10,000" in refusal.reason
    assert "360" in refusal.reason, "of 540, those without one of the six"
    assert isinstance(measures["VAL at FAR 0.1"], Measure)


def test_one_kind_of_pairs_is_refused() -> None:
    pairs = of_file(np.arange(4), np.arange(4), np.ones(4, dtype=bool))
    measures = verification(RankedPairs(pairs, np.ones(4)), RankedFolds(pairs, np.ones(4)))
    assert isinstance(measures["equal error rate"], Refusal)


def test_folds_share_no_person_where_there_are_enough(people: np.ndarray) -> None:
    folds = fold_pairs(people, np.random.default_rng(0))
    assert folds.disjoint
    fold_of = [set(folds.fold[(folds.first_unit == unit) | (folds.second_unit == unit)]) for unit in range(30)]
    assert all(len(each) == 1 for each in fold_of)
    assert folds.same.mean() == 0.5
    few = fold_pairs(people[people < 4], np.random.default_rng(0))
    assert not few.disjoint
    assert all(few.same[few.fold == fold].mean() == 0.5 for fold in range(10))


def test_fold_threshold_comes_from_the_other_folds() -> None:
    # Every fold but the last is parted at 0.5; the last one's own best threshold would be 0.9.
    same = np.tile([True, False], 20)
    scores = np.where(same, 0.6, 0.4)
    scores[36:] = [0.95, 0.85, 0.95, 0.85]
    folds = of_file(np.arange(40), np.arange(40), same)
    assert RankedFolds(folds, scores).accuracy(np.ones(40)) == pytest.approx(0.95)


def test_pair_weights_count_draws(people: np.ndarray) -> None:
    pairs = all_pairs(people[:12], 10**9, np.random.default_rng(0))
    weights = pairs.weights(np.array([3.0, 2.0]))
    assert set(weights[pairs.same & (pairs.first_unit == 0)]) == {3.0}
    assert set(weights[~pairs.same]) == {6.0}
    assert pairs.unit is Unit.PEOPLE


def test_pair_limit_keeps_all_pairs_of_one_person(people: np.ndarray) -> None:
    pairs = all_pairs(people, 100, np.random.default_rng(0))
    assert (~pairs.same).sum() == 100
    assert pairs.same.sum() == 30 * 15
    again = all_pairs(people, 100, np.random.default_rng(0))
    np.testing.assert_array_equal(pairs.first, again.first)


def test_pairs_of_many_faces_are_drawn_without_return() -> None:
    people = np.random.default_rng(0).integers(0, 900, 3_000)
    pairs = all_pairs(people, 5_000, np.random.default_rng(0))
    assert int((~pairs.same).sum()) == 5_000
    assert len(np.unique(pairs.first * 3_000 + pairs.second)) == len(pairs.first)
    np.testing.assert_array_equal(pairs.same, people[pairs.first] == people[pairs.second])
    counts = np.bincount(people)
    assert int(pairs.same.sum()) == int((counts * (counts - 1) // 2).sum())
    alone = different_pairs(np.zeros(2_500, dtype=np.int64), 100, np.random.default_rng(0))
    assert len(alone[0]) == 0


def test_large_albums_are_thinned() -> None:
    people = np.zeros(1_500, dtype=np.int64)
    assert len(same_pairs(people, np.random.default_rng(0))[0]) == 1_000 * 999 // 2


def test_interval_covers_a_known_mean() -> None:
    values = np.random.default_rng(1).normal(size=200)
    measure = Measure(lambda drawn: float((drawn * values).sum() / drawn.sum()), 200)
    result = estimate({"mean": measure}, seed=3, rounds=2_000)["mean"]
    assert not isinstance(result, Refusal)
    width = 1.96 * values.std() / math.sqrt(200)
    assert result.low == pytest.approx(values.mean() - width, abs=0.02)
    assert result.high == pytest.approx(values.mean() + width, abs=0.02)
    assert result == estimate({"mean": measure}, seed=3, rounds=2_000)["mean"]


def test_difference_of_a_model_with_itself_is_nothing(people: np.ndarray, embeddings: np.ndarray) -> None:
    pairs = all_pairs(people, 10**9, np.random.default_rng(0))
    folds = fold_pairs(people, np.random.default_rng(0))
    better = unit_vectors(people, 0.5, 5)
    ours, theirs = (
        verification(RankedPairs(pairs, pairs.similarities(each)), RankedFolds(folds, folds.similarities(each)))
        for each in (better, embeddings)
    )
    nothing = estimate(differences(ours, ours), seed=0, rounds=50)["equal error rate"]
    gain = estimate(differences(ours, theirs), seed=0, rounds=50)["equal error rate"]
    assert not isinstance(nothing, Refusal)
    assert not isinstance(gain, Refusal)
    assert (nothing.value, nothing.differs_from_zero) == (0.0, False)
    assert gain.differs_from_zero
    assert gain.high < 0
