"""Where ids stand in a list: by a table where they lie close together, which costs a tenth of sorting them."""

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]

SPARSE = 16
"""Up to so many numbers between the smallest and the largest id for each id there is a table."""


class Places:
    """The place of each of `ids` (n,), each of which is there once."""

    def __init__(self, ids: Ids) -> None:
        self._count = len(ids)
        self._first = int(ids.min()) if len(ids) else 0
        span = int(ids.max()) - self._first + 1 if len(ids) else 0
        self._table: NDArray[np.int32] | None = None
        if span <= SPARSE * len(ids):
            self._table = np.full(span, -1, np.int32)
            self._table[ids - self._first] = np.arange(len(ids), dtype=np.int32)
        else:
            self._order = np.argsort(ids, kind="stable")
            self._sorted = ids[self._order]

    def of(self, ids: Ids) -> NDArray[np.int64]:
        """Return the place of each of these ids, (m,), −1 for one that is not there."""
        if not self._count:
            return np.full(len(ids), -1, np.int64)
        if self._table is None:
            near = np.minimum(np.searchsorted(self._sorted, ids), self._count - 1)
            return np.where(self._sorted[near] == ids, self._order[near], -1)
        inside = (ids >= self._first) & (ids < self._first + len(self._table))
        return np.where(inside, self._table[np.where(inside, ids - self._first, 0)], -1).astype(np.int64)

    def one(self, wanted: int) -> int:
        """Return the place of one id, −1 where it is not there."""
        if self._table is None:
            return int(self.of(np.array([wanted], np.int64))[0])
        place = wanted - self._first
        return int(self._table[place]) if 0 <= place < len(self._table) else -1
