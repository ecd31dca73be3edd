import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.clustering.apart import Apart
from engine.clustering.followers import MANY_MORE, next_joins
from engine.clustering.joining import Edges


def apart(count, never=(), beside=(), owners=()):
    whose = np.full(count, -1)
    whose[list(owners)] = 5
    return Apart(whose, *(np.array(pairs, np.int64).reshape(-1, 2) for pairs in (never, beside)))


def edges(*found):
    first, second, strength = zip(*found, strict=True)
    return Edges(np.array(first), np.array(second), np.array(strength, np.float32))


def joins(found, sizes, between):
    into, gone = next_joins(found, np.array(sizes), between)
    return sorted(zip(into.tolist(), gone.tolist(), strict=True))


def test_all_to_whom_a_much_larger_group_is_the_best_join_it_at_once():
    star = edges((0, 1, 9), (0, 2, 8), (0, 3, 7), (2, 3, 6), (3, 4, 8))
    assert joins(star, [MANY_MORE, 1, 1, 1, 1], apart(5)) == [(0, 1), (0, 2), (3, 4)]
    assert joins(star, [MANY_MORE - 1, 1, 1, 1, 1], apart(5)) == [(0, 1), (3, 4)]


def test_of_followers_with_something_between_them_only_the_best_goes():
    star = edges((0, 1, 9), (0, 2, 8), (0, 3, 7))
    sizes = [MANY_MORE, 1, 1, 1]
    assert joins(star, sizes, apart(4, beside=[[1, 2]])) == [(0, 1), (0, 3)]
    assert joins(star, sizes, apart(4, never=[[2, 3]])) == [(0, 1)]
    assert joins(star, sizes, apart(4, owners=[3])) == [(0, 1), (0, 2)]
    assert joins(star, sizes, apart(4, owners=[1])) == [(0, 1)]


def test_who_follows_a_group_that_joins_another_waits():
    chain = edges((0, 1, 9), (1, 2, 8), (2, 3, 7))
    assert joins(chain, [MANY_MORE**2, MANY_MORE, 1, 1], apart(4)) == [(0, 1)]
    twins = edges((0, 1, 9), (1, 2, 8))
    assert joins(twins, [MANY_MORE, MANY_MORE, 1], apart(3)) == [(0, 1)]


@given(seed=st.integers(0, 10_000))
def test_each_goes_to_its_best_and_none_that_goes_takes_in(seed):
    rng = np.random.default_rng(seed)
    pairs = np.unique(np.sort(rng.integers(0, 20, (40, 2)), axis=1), axis=0)
    pairs = pairs[pairs[:, 0] < pairs[:, 1]]
    found = Edges(pairs[:, 0], pairs[:, 1], rng.integers(0, 9, len(pairs)).astype(np.float32))
    sizes = rng.choice([1, 2, 8, 20, 200], 20)
    between = apart(20, rng.integers(0, 20, (3, 2)), rng.integers(0, 20, (5, 2)), rng.integers(0, 20, 3))
    into, gone = next_joins(found, sizes, between)
    assert len(gone)
    assert len(np.unique(gone)) == len(gone)
    assert not np.isin(into, gone).any()
    best = found.best()
    strength = dict(zip(map(tuple, pairs.tolist()), found.strength.tolist(), strict=True))
    for home, group in zip(into.tolist(), gone.tolist(), strict=True):
        assert strength[min(home, group), max(home, group)] == best[group]
