"""What a told age says of how alike a face is to those of strangers: children are more alike than adults.

The shares were measured on pictures of children of lag, all of them taken as CHILD or younger, since no weights that
tell ages could be had (benchmarks/RESULTS.md). How they fall with the years is a guess.
"""

import numpy as np
from numpy.typing import NDArray

CHILD, GROWN = 4.0, 16.0
"""Years up to which strangers are most alike, and from which no more than adults are; between them it falls evenly."""

MOST_ALIKE, LOOK_TAKEN_OFF = 0.2, 0.1
"""By what share strangers of CHILD or less are more alike than adults; where a space takes the look of children off."""


def childlike_at(years: NDArray[np.float32], most: float = MOST_ALIKE) -> NDArray[np.float32]:
    """Return by what share strangers of each age (n,) in years are more alike than adults, (n,), at most `most`.

    NaN is no age, of which nothing follows: 0.
    """
    share = np.clip((GROWN - years) / (GROWN - CHILD), 0, 1)
    return np.asarray(np.nan_to_num(share) * most, np.float32)
