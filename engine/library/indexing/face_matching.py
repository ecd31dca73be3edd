"""Which faces of a new reading are the faces that were stored before."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.geometry import Box

SAME_FACE_IOU = 0.4
"""Boxes of one photo that overlap at least this much (intersection over union) are one face.

Two detectors draw the same face at 0.5 to 0.8; neighbours in a crowd stay under 0.2.
"""


def match_faces(old: Sequence[Box], new: Sequence[Box], strangers: NDArray[np.bool_] | None = None) -> dict[int, int]:
    """Pair boxes of the same frame, the best overlap first, each at most once; return old index by new index.

    `strangers` (new, old) marks pairs that are not one face wherever they are.
    """
    overlap = _overlaps(_corners(new), _corners(old))
    if strangers is not None:
        overlap[strangers] = 0.0
    order = np.argsort(-overlap, axis=None, kind="stable")
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for place in order.tolist():
        fresh, stored = divmod(place, len(old))
        if overlap[fresh, stored] < SAME_FACE_IOU:
            break
        if fresh not in pairs and stored not in taken:
            pairs[fresh] = stored
            taken.add(stored)
    return pairs


def _corners(boxes: Sequence[Box]) -> NDArray[np.float64]:
    """Return (n, 4): left, top, right, bottom."""
    return np.array([(box.left, box.top, box.right, box.bottom) for box in boxes], np.float64).reshape(-1, 4)


def _overlaps(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the intersection over union of every pair, (n, m)."""
    low = np.maximum(one[:, None, :2], other[None, :, :2])
    high = np.minimum(one[:, None, 2:], other[None, :, 2:])
    shared = np.prod(np.maximum(high - low, 0.0), axis=2)
    areas = [np.prod(np.maximum(boxes[:, 2:] - boxes[:, :2], 0.0), axis=1) for boxes in (one, other)]
    union = areas[0][:, None] + areas[1][None, :] - shared
    overlap: NDArray[np.float64] = np.divide(shared, union, out=np.zeros_like(shared), where=union > 0)
    return overlap
