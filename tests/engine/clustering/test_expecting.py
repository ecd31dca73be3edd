"""How likely matches are among those who are left over."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.clustering.expecting import Alike, chances
from engine.models.catalog import Catalog

SPACE = Catalog(Path()).card("sface_2021dec").space
assert SPACE is not None
CALIBRATION = SPACE.calibration


def alike(similarities: list[float], subjects: list[int] | None = None) -> Alike:
    count = len(similarities)
    whose = np.arange(count) if subjects is None else np.array(subjects)
    ones = np.ones(count, np.float32)
    return Alike(np.array(similarities, np.float32), ones, ones, np.ones(count, np.int64), whose)


def strangers(count: int) -> list[float]:
    """The similarities that so many strangers have with whom each is most like, of eight people."""
    return [CALIBRATION.similarity_at(1 - (1 - (place + 0.5) / count) ** (1 / 8)) for place in range(count)]


def test_strangers_are_hardly_anybody_however_many() -> None:
    for count in (200, 1000):
        seen = strangers(count)
        found = chances(alike(seen), CALIBRATION, count, 8)
        alone = CALIBRATION.probability(np.array(seen, np.float32))
        assert found.sum() < 6, "about as many as are believed to be somebody before anything is seen"
        assert found.sum() < alone.sum() / 2


def test_where_many_are_somebody_known_the_same_likeness_says_more() -> None:
    few = chances(alike([0.22, *strangers(100)]), CALIBRATION, 101, 8)
    many = chances(alike([0.22, *strangers(100), *[0.38] * 60]), CALIBRATION, 161, 8)
    assert many[0] > 2 * few[0]


def test_who_is_like_two_people_is_one_of_them() -> None:
    (alone,) = chances(alike([0.4]), CALIBRATION, 1, 8)
    both = chances(alike([0.4, 0.4], [0, 0]), CALIBRATION, 1, 8)
    assert both[0] == pytest.approx(both[1])
    assert both[0] < alone
    assert both.sum() <= 1


def test_among_more_people_a_likeness_says_less() -> None:
    found = [chances(alike([0.35]), CALIBRATION, 1, people)[0] for people in (1, 8, 60, 500)]
    assert found == sorted(found, reverse=True)


def test_nobody_is_like_nobody() -> None:
    assert len(chances(alike([]), CALIBRATION, 5, 8)) == 0


@given(st.lists(st.tuples(st.floats(-1, 1), st.integers(0, 4)), min_size=1, max_size=30), st.integers(1, 100))
def test_chances_are_chances(pairs: list[tuple[float, int]], people: int) -> None:
    similarities, subjects = [one for one, _ in pairs], [whose for _, whose in pairs]
    found = chances(alike(similarities, subjects), CALIBRATION, len(set(subjects)), people)
    assert np.isfinite(found).all()
    assert (found >= 0).all()
    assert (np.bincount(subjects, found) <= 1 + 1e-9).all()
    order = np.argsort([similarities[row] for row in range(len(pairs)) if subjects[row] == subjects[0]])
    own = found[np.array(subjects) == subjects[0]][order]
    assert (np.diff(own) >= -1e-12).all(), "more alike is more likely"
