import numpy as np
import pytest

from engine.learning.folds import FOLDS, folds, sufficient


def album(people: int, each: int, days: int) -> tuple[np.ndarray, np.ndarray]:
    return np.repeat(np.arange(people), each), np.tile(np.arange(each) % days, people)


def test_everybody_is_a_stranger_once_and_no_day_is_on_both_sides() -> None:
    people, days = album(12, 8, 4)
    split = folds(people, days)
    assert len(split) == FOLDS
    strangers = np.concatenate([np.unique(people[fold.strangers]) for fold in split])
    assert sorted(strangers) == list(range(12))
    for fold in split:
        assert not set(people[fold.strangers]) & set(people[np.concatenate([fold.learnt, fold.unseen])])
        learnt = set(zip(people[fold.learnt], days[fold.learnt], strict=True))
        assert not learnt & set(zip(people[fold.unseen], days[fold.unseen], strict=True))
        assert set(people[fold.learnt]) == set(people[fold.unseen])
        assert len(fold.learnt) + len(fold.unseen) + len(fold.strangers) == len(people)


def test_who_suffices_has_faces_enough_on_two_days() -> None:
    people = np.array([1] * 6 + [2] * 6 + [3] * 5)
    days = np.array([0, 0, 0, 1, 1, 1] + [4] * 6 + [0, 1, 2, 3, 4])
    assert sufficient(people, days).tolist() == [1]


def test_five_people_leave_two_strangers_and_two_known_ones_in_each_round() -> None:
    people, days = album(5, 6, 2)
    for fold in folds(people, days):
        assert len(set(people[fold.strangers])) >= 2
        assert len(set(people[fold.unseen])) >= 2


def test_three_people_cannot_be_split() -> None:
    with pytest.raises(ValueError, match="3 people"):
        folds(*album(3, 8, 4))
