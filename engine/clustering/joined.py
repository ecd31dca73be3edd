"""Parts of people that grouping leaves apart, and of which somebody said that they are one.

Where somebody said so does not matter: a yes to a question, groups that were made one, a name that was given twice.
Each part is what a question would have been about, so that it tells how likely a yes is in this library.
"""

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

MOST_FACES, MOST_EACH = 4096, 48
"""Confirmed faces that are looked at, of everybody and of one person, evenly chosen: these take a second at most."""


def parts_joined(state: Sorted, calibration: Calibration) -> Alike:
    """Return each part of somebody beside the largest one; the subjects are numbers below those of all people."""
    sure = Gallery(state.faces, np.where(state.confirmed, state.people, -1))
    several = np.flatnonzero(sure.sizes > 1)
    several = several[np.argsort(-sure.sizes[several], kind="stable")][: MOST_FACES // 2]
    rows, _ = sure.some_members(several, min(MOST_EACH, MOST_FACES // max(len(several), 1)))
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
    return Alike(
        np.einsum("ij,ij->i", means[others], means[main]),
        best[others],
        best[main],
        sizes[main],
        -2 - int(state.people.max(initial=0)) - np.arange(len(others)),
    )


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
