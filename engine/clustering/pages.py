"""Pictures of pictures: scans of album pages, collages. What faces of one photo say of each other does not hold there.

Two people in one photo are hardly ever as alike as two pictures of one person. `benchmarks/pages.py` measured how far
the faces of ordinary photos go, and how far those of pages do.
"""

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from engine.clustering.paired import paired_similarities
from engine.faces.quality import LOW_QUALITY
from engine.similarity import Calibration

FOREMOST = 6.8
"""Nats for one person from which two faces of a photo speak for a page. With SFace that is a similarity of 0.5: so
alike were two clear faces in 4 of 252 ordinary photos, 2 % of 498 pairs of parent and child, and 82 % of two pictures
of one person."""

CHANCE, WEIGHT = -1.9, 0.565
"""The odds that a photo is a page are exp(CHANCE + WEIGHT · nats beyond FOREMOST). In ordinary photos what goes beyond
falls by e with every 1.8 nats; on pages of two to six pictures it is spread evenly; one photo in 50 that shows two
clear faces is taken for a page."""

SUSPECTED = 0.5
"""The likelihood from which a photo counts as a page until somebody says what it is."""


def page_likelihoods(
    vectors: NDArray[np.float32], photos: NDArray[np.int64], quality: NDArray[np.float32], calibration: Calibration
) -> dict[int, float]:
    """Return, by photo, how likely it shows several pictures of one person: photos of which nothing says so are absent.

    `vectors` (n, d) are placed where `calibration` holds, `photos` (n) and `quality` (n) those of the faces. Between
    faces that are alike the strongest ties count that join them, each of what it has beyond FOREMOST.
    """
    above: dict[int, int] = {}
    beyond: dict[int, float] = {}
    ties = [(nats, one, other) for one, other, nats in _ties(vectors, photos, quality, calibration)]
    for nats, one, other in sorted(ties, reverse=True):
        first, second = _top(above, one), _top(above, other)
        if first != second:
            above[first] = second
            photo = int(photos[one])
            beyond[photo] = beyond.get(photo, 0.0) + nats - FOREMOST
    return {photo: 1 / (1 + math.exp(-(CHANCE + WEIGHT * nats))) for photo, nats in beyond.items()}


def _ties(
    vectors: NDArray[np.float32], photos: NDArray[np.int64], quality: NDArray[np.float32], calibration: Calibration
) -> Iterator[tuple[int, int, float]]:
    """Yield pairs of clear faces of one photo, as rows, with the nats by which they speak for one person."""
    clear = np.flatnonzero(quality >= LOW_QUALITY)
    order = clear[np.argsort(photos[clear], kind="stable")]
    shots = photos[order]
    for step in range(1, len(order)):
        same = np.flatnonzero(shots[step:] == shots[:-step])
        if not len(same):
            return
        one, other = order[same], order[same + step]
        nats = calibration.nats(paired_similarities(vectors, one, vectors, other))
        for place in np.flatnonzero(nats >= FOREMOST):
            yield int(one[place]), int(other[place]), float(nats[place])


def _top(above: dict[int, int], row: int) -> int:
    while row in above:
        row = above[row]
    return row
