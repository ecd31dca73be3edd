"""Parts of people that grouping leaves apart, and of which somebody said that they are one.

Where somebody said so does not matter: a yes to a question, groups that were made one, a name that was given twice.
Each part is what a question would have been about, so that it tells how likely a yes is in this library.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.clustering.default import cluster
from engine.clustering.expecting import Alike
from engine.clustering.likeness import Gallery
from engine.clustering.neighbours import Vectors
from engine.clustering.questions import Sorted
from engine.clustering.strays import Elsewhere
from engine.clustering.sums_by_group import sums_by
from engine.similarity import Calibration

MOST_FACES, MOST_EACH = 4096, 256
"""Confirmed faces that are looked at, of everybody and of one person: these take half a second.

Of few faces of somebody each would stand alone that others join to the rest, so that rather few people are looked at.
"""


@dataclass(frozen=True, slots=True)
class Joined:
    """Parts of somebody beside the largest one; where there are many people, one of them stands for several."""

    pairs: Alike
    stands_for: int


def parts_joined(state: Sorted, calibration: Calibration) -> Joined:
    """Return the parts of an even choice of people; the subjects are numbers below those of everybody."""
    sure = Gallery(state.faces, np.where(state.confirmed, state.people, -1))
    several = np.flatnonzero(sure.sizes > 1)
    several = several[np.argsort(-sure.sizes[several], kind="stable")]
    looked_at = int(np.minimum(sure.sizes[several], MOST_EACH).sum())
    step = max(1, -(-looked_at // MOST_FACES))
    rows, _ = sure.some_members(several[::step], MOST_EACH)
    vectors, quality = state.faces.vectors[rows], state.quality[rows]
    count = len(np.unique(state.people[state.people >= 0]))
    whose, parts = state.people[rows], _left_to_itself(vectors, calibration, count)
    keys, place, sizes = np.unique(np.column_stack([whose, parts]), axis=0, return_inverse=True, return_counts=True)
    place = place.reshape(-1)
    means = sums_by(vectors, np.arange(len(rows)), place, len(keys), np.ones(len(rows), np.float32))
    means /= np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9)
    best = np.zeros(len(keys), np.float32)
    np.maximum.at(best, place, quality)
    main = _largest(keys[:, 0], sizes)
    others = np.flatnonzero(main != np.arange(len(keys)))
    main = main[others]
    pairs = Alike(
        np.einsum("ij,ij->i", means[others], means[main]),
        best[others],
        best[main],
        sizes[main],
        -2 - int(state.people.max(initial=0)) - np.arange(len(others)),
    )
    return Joined(pairs, step)


def _left_to_itself(vectors: Vectors, calibration: Calibration, people: int) -> NDArray[np.int64]:
    """Return the group (m,) that each of these faces comes to, among so many people, where nothing is said."""
    beside = Elsewhere(people, np.empty((0, vectors.shape[1]), np.float32))
    labels = cluster(vectors, calibration=calibration, elsewhere=beside).labels
    alone = labels < 0
    return np.where(alone, labels.max(initial=-1) + np.cumsum(alone), labels)


def _largest(whose: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.intp]:
    """Return for each part (p,) the row of the largest one of the same person, the first of several."""
    order = np.lexsort((-sizes, whose))
    _, starts, place = np.unique(whose[order], return_index=True, return_inverse=True)
    found = np.empty(len(whose), np.intp)
    found[order] = order[starts[place]]
    return found
