"""VAL over folds against the steps of FaceNet's calculate_val, done anew with a grid and loops."""

import numpy as np
import pytest

from trainer.evaluation.folded_val import FoldedVal
from trainer.evaluation.pairs import Pairs, all_pairs, listed_pairs


def by_grid(scores: np.ndarray, same: np.ndarray, fold: np.ndarray, rate: float) -> float:
    """On squared distances: interpolate the threshold at the FAR of the other folds, apply it to the fold."""
    squared = 2 - 2 * scores
    grid = np.arange(0, 4, 0.00002)
    found = []
    for each in np.unique(fold):
        strangers = np.sort(squared[~same & (fold != each)])
        far = np.searchsorted(strangers, grid, side="right") / len(strangers)
        rising = np.flatnonzero(np.diff(far, prepend=-1) > 0)
        threshold = np.interp(rate, far[rising], grid[rising])
        found.append((squared[same & (fold == each)] <= threshold).mean())
    return float(np.mean(found))


def file_pairs(generator: np.random.Generator, count: int = 4_000) -> tuple[Pairs, np.ndarray]:
    same = np.tile([True, False], count // 2)
    pairs = listed_pairs(np.arange(count), np.arange(count), same, np.arange(count) * 10 // count)
    return pairs, np.clip(generator.normal(np.where(same, 0.45, 0.05), 0.18), -1, 1)


@pytest.mark.parametrize("rate", [0.1, 0.03, 0.01])
def test_a_pairs_files_folds_give_what_facenets_steps_give(rate: float) -> None:
    pairs, scores = file_pairs(np.random.default_rng(4))
    ours = FoldedVal(pairs, scores).val(np.ones(pairs.units), rate)
    assert ours == pytest.approx(by_grid(scores, pairs.same, pairs.fold, rate), abs=2e-3)


def test_people_of_a_fold_have_no_part_in_its_threshold() -> None:
    people = np.repeat(np.arange(20), 5)
    pairs = all_pairs(people, 10**9, np.random.default_rng(0))
    scores = np.random.default_rng(1).normal(np.where(pairs.same, 0.5, 0.1), 0.15)
    folded = FoldedVal(pairs, scores)
    assert folded.folds == 10
    assert folded.fewest == 18 * 17 // 2 * 25
    before = folded.val(np.ones(20), 0.1)
    # One person is taken for everybody: the threshold of the other nine folds rises, that of its own does not.
    own = np.unique(people)[3]
    higher = np.where(~pairs.same & ((pairs.first_unit == own) | (pairs.second_unit == own)), 0.99, scores)
    assert FoldedVal(pairs, higher).val(np.ones(20), 0.1) < before


def test_weights_are_repeats() -> None:
    people = np.repeat(np.arange(12), 4)
    pairs = all_pairs(people, 10**9, np.random.default_rng(0))
    scores = np.random.default_rng(1).normal(np.where(pairs.same, 0.5, 0.1), 0.15)
    folded = FoldedVal(pairs, scores)
    assert folded.val(np.full(12, 3.0), 0.1) == pytest.approx(folded.val(np.ones(12), 0.1))
    alone = np.zeros(12)
    alone[2] = 1
    assert np.isnan(folded.val(alone, 0.1))


def test_perfect_and_worst() -> None:
    pairs, _ = file_pairs(np.random.default_rng(0))
    assert FoldedVal(pairs, np.where(pairs.same, 0.9, 0.1)).val(np.ones(pairs.units), 0.01) == 1.0
    assert FoldedVal(pairs, np.where(pairs.same, 0.1, 0.9)).val(np.ones(pairs.units), 0.01) == 0.0
