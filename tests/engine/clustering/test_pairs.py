import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.clustering.pairs import distinct_pairs

numbers = st.integers(-(10**9), 10**9)


@given(st.lists(st.tuples(numbers, numbers) | st.tuples(st.integers(0, 3), st.integers(-2, 1))))
def test_it_is_what_numpy_finds(pairs):
    rows = np.array(pairs, np.int64).reshape(-1, 2)
    found, counts = distinct_pairs(rows[:, 0], rows[:, 1])
    expected, times = np.unique(rows, axis=0, return_counts=True)
    np.testing.assert_array_equal(found, expected.reshape(-1, 2))
    np.testing.assert_array_equal(counts, times)


def test_numbers_too_far_apart_are_refused():
    ends = np.array([-(2**62), 2**62 - 1])
    with pytest.raises(ValueError, match="too far apart"):
        distinct_pairs(ends, ends)
