import numpy as np

from engine.clustering.apart import NAMED, Apart, price


def pairs(*found):
    return np.array(found, np.int64).reshape(-1, 2)


def test_photos_cost_and_what_was_said_forbids():
    apart = Apart(np.array([-1, -1, 7, 9]), pairs([0, 1]), pairs([0, 2], [2, 0], [1, 2]))
    first, second = np.array([0, 1, 2, 0, 3]), np.array([1, 2, 0, 3, 2])
    named = float(np.float32(NAMED))
    assert apart.cost(first, second).tolist() == [np.inf, 4, 5, 0, np.inf]
    assert apart.price_of_names(first, second).tolist() == [0, named, named, named, 0]
    assert price(np.array([0, 1, 3])).tolist() == [0, 4, 6]


def test_who_has_joined_brings_along_what_keeps_it_apart():
    apart = Apart(np.array([-1, 5, -1, 6]), pairs([2, 0]), pairs([0, 3], [1, 3]))
    apart.joined(np.array([0]), np.array([1]))
    assert apart.owners(np.array([0, 2])).tolist() == [5, -1]
    assert apart.cost(np.array([0, 0]), np.array([2, 3])).tolist() == [np.inf, np.inf]
    assert apart.never_with() == {0: {2}, 2: {0}}


def test_nothing_said_costs_nothing():
    apart = Apart(np.full(3, -1), pairs(), pairs())
    apart.joined(np.array([0]), np.array([1]))
    assert apart.cost(np.array([0]), np.array([2])).tolist() == [0]


def test_photos_shared_add_up_as_clusters_join():
    apart = Apart(np.full(5, -1), pairs(), pairs([0, 3], [1, 3], [2, 4], [2, 3]))
    apart.joined(np.array([0, 3]), np.array([1, 4]))
    assert apart.cost(np.array([0, 2]), np.array([3, 3])).tolist() == [5, 5]
    apart.joined(np.array([0]), np.array([2]))
    assert apart.cost(np.array([3]), np.array([0])).tolist() == [7]


def test_those_with_something_between_them_clash_in_one_home():
    apart = Apart(np.full(5, -1), pairs([0, 1]), pairs([2, 3], [3, 4]))
    assert sorted(apart.clashing(np.array([4, 4, 4, 4, -1])).tolist()) == [0, 1, 2, 3]
    assert sorted(apart.clashing(np.array([2, 3, -1, -1, -1])).tolist()) == []
