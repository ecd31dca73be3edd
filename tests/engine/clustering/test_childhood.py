import numpy as np

from engine.clustering.childhood import CHILD, GROWN, MOST_ALIKE, childlike_at


def test_the_younger_the_more_alike_and_grown_people_are_as_they_were() -> None:
    years = np.array([0, CHILD, (CHILD + GROWN) / 2, GROWN, 80, np.nan, -5], np.float32)
    expected = np.array([1, 1, 0.5, 0, 0, 0, 1]) * MOST_ALIKE
    np.testing.assert_allclose(childlike_at(years), expected, atol=1e-6)
    assert childlike_at(years).dtype == np.float32
