"""Where ids stand in a list is known whether they lie close together or far apart."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.grid.places import Places

some_ids = st.lists(st.integers(0, 300) | st.integers(0, 2**40), unique=True, max_size=40)


@given(some_ids, some_ids)
def test_places_are_those_of_the_list(ids: list[int], others: list[int]) -> None:
    places = Places(np.array(ids, np.int64))
    asked = [*ids, *others, -1]
    expected = [ids.index(one) if one in ids else -1 for one in asked]
    assert places.of(np.array(asked, np.int64)).tolist() == expected
    assert [places.one(one) for one in asked] == expected
