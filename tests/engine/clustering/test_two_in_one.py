"""Two people under one name are noticed, one person is not doubted, and a childhood is no other person."""

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.clustering.two_in_one import Parts, two_in_one
from engine.models.catalog import Catalog
from engine.models.chosen import calibration_of
from engine.similarity import Calibration

LIKE_SISTERS, STRANGERS, ONE = 0.35, 0.0, 1.0
DIMENSION = 128
GROWN = np.zeros(20, np.float32)


@pytest.fixture(scope="module")
def calibration(tmp_path_factory: pytest.TempPathFactory) -> Calibration:
    return calibration_of(Catalog(tmp_path_factory.mktemp("models")).default_embedder())


def faces(alike: float, first: int = 12, second: int = 8) -> NDArray[np.float32]:
    """Return so many faces of two people whose mean vectors are so much alike."""
    rng = np.random.default_rng(3)
    one, across = np.linalg.qr(rng.normal(size=(DIMENSION, 2)))[0].T
    other = alike * one + np.sqrt(1 - alike**2) * across
    made = np.repeat([one, other], [first, second], axis=0)
    made = made + rng.normal(size=made.shape) * 0.8 / np.sqrt(DIMENSION)
    return (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)


def doubted(found: Parts | None) -> list[int]:
    assert found is not None
    return np.flatnonzero(found.smaller).tolist()


def test_two_who_are_as_alike_as_sisters_are_noticed(calibration: Calibration) -> None:
    found = two_in_one(faces(LIKE_SISTERS), GROWN, calibration)
    assert doubted(found) == list(range(12, 20))
    assert found is not None
    assert found.similarity == pytest.approx(LIKE_SISTERS, abs=0.08)


def test_one_person_is_not_doubted(calibration: Calibration) -> None:
    assert two_in_one(faces(ONE), GROWN, calibration) is None


def test_a_childhood_that_is_as_much_alike_is_no_other_person(calibration: Calibration) -> None:
    young = np.repeat([0, 0.1], [12, 8]).astype(np.float32)
    assert two_in_one(faces(LIKE_SISTERS), young, calibration) is None


def test_two_sisters_who_are_both_children_are_noticed(calibration: Calibration) -> None:
    assert doubted(two_in_one(faces(LIKE_SISTERS), GROWN + np.float32(0.1), calibration)) == list(range(12, 20))


def test_where_nothing_is_known_of_ages_only_strangers_are_noticed(calibration: Calibration) -> None:
    assert two_in_one(faces(LIKE_SISTERS), None, calibration) is None
    assert doubted(two_in_one(faces(STRANGERS), None, calibration)) == list(range(12, 20))


def test_one_or_two_odd_faces_are_no_doubt(calibration: Calibration) -> None:
    assert two_in_one(faces(STRANGERS, 18, 2), GROWN, calibration) is None
