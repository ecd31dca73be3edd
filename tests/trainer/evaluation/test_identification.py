import numpy as np
import pytest

from trainer.evaluation.identification import Found, find, identification, split_search
from trainer.evaluation.intervals import Measure, Refusal
from trainer.evaluation.neighbours import neighbours


def around(people: np.ndarray, spread: float) -> np.ndarray:
    generator = np.random.default_rng(2)
    vectors = generator.normal(size=(people.max() + 1, 32))[people] + spread * generator.normal(size=(len(people), 32))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture
def people() -> np.ndarray:
    return np.concatenate([np.repeat(np.arange(20), 5), np.arange(20, 260)])


def test_roles_are_disjoint(people: np.ndarray) -> None:
    search = split_search(people, np.random.default_rng(0))
    roles = [search.gallery, search.probes, search.strangers, search.distractors]
    assert sum(map(len, roles)) == len(people)
    assert len(np.unique(np.concatenate(roles))) == len(people)
    known = set(people[search.gallery])
    assert known == set(people[search.probes]) == set(range(20))
    assert known.isdisjoint(people[search.strangers])
    assert set(people[search.strangers]).isdisjoint(people[search.distractors])


def test_people_with_several_faces_stand_in_for_single_ones() -> None:
    people = np.repeat(np.arange(12), 4)
    search = split_search(people, np.random.default_rng(0))
    assert len(search.gallery) == 8
    assert (len(search.strangers), len(search.distractors)) == (8, 8)


def test_far_apart_people_are_all_found(people: np.ndarray) -> None:
    search = split_search(people, np.random.default_rng(0))
    measures = identification(around(people, 0.05), search)
    ones = np.ones(search.units)
    for name in ("rank-1 without distractors", "rank-1 among 100 distractors", "DIR at FAR 0.1 among 100 distractors"):
        measure = measures[name]
        assert isinstance(measure, Measure)
        assert measure.compute(ones) == 1.0
    assert isinstance(measures["rank-1 among 1,000 distractors"], Refusal)
    assert isinstance(measures["DIR at FAR 0.01 among 100 distractors"], Refusal)


def test_more_distractors_never_help(people: np.ndarray) -> None:
    embeddings = around(people, 1.5)
    search = split_search(people, np.random.default_rng(0))
    shares = [find(embeddings, search, count).rank_one(np.ones(search.units)) for count in (0, 10, 100)]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] > shares[-1]


def test_detection_counts_what_the_threshold_lets_through() -> None:
    found = Found(
        own=np.array([0.9, 0.5, 0.8]),
        other=np.array([0.1, 0.2, 0.85]),
        stranger=np.linspace(0.0, 0.95, 20),
        probe_unit=np.array([0, 1, 2]),
        stranger_unit=np.full(20, 3),
    )
    ones = np.ones(4)
    # Two of twenty strangers are let through at 10 %; the third has 0.85, so only the first probe is above.
    assert found.detected(0.1, ones) == pytest.approx(1 / 3)
    assert found.detected(0.5, ones) == pytest.approx(2 / 3)
    assert found.rank_one(ones) == pytest.approx(2 / 3)
    assert np.isnan(found.detected(0.1, np.array([1.0, 1, 1, 0])))


def test_neighbours_agree_with_scikit_learn(people: np.ndarray) -> None:
    from sklearn.model_selection import LeaveOneOut, cross_val_predict
    from sklearn.neighbors import KNeighborsClassifier

    kept = people < 20
    embeddings = around(people, 1.0)[kept]
    theirs = cross_val_predict(KNeighborsClassifier(1, metric="cosine"), embeddings, people[kept], cv=LeaveOneOut())
    ours = neighbours(embeddings, people[kept])["1-NN accuracy"]
    assert isinstance(ours, Measure)
    assert ours.compute(np.ones(20)) == pytest.approx((theirs == people[kept]).mean())


def test_too_few_people_are_refused() -> None:
    people = np.array([0, 0, 1, 2])
    assert isinstance(neighbours(around(people, 0.1), people)["1-NN accuracy"], Refusal)
    search = split_search(people, np.random.default_rng(0))
    assert isinstance(identification(around(people, 0.1), search)["rank-1"], Refusal)
