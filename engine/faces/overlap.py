"""Overlap of boxes held as arrays, and the suppression of boxes that show the same face."""

import numpy as np
from numpy.typing import NDArray

Boxes = NDArray[np.float32]
"""n × 4: left, top, right, bottom, all in one frame."""


def suppress(boxes: Boxes, scores: NDArray[np.float32], overlap: float) -> NDArray[np.intp]:
    """Return the indices of the boxes to keep, the highest score first (greedy non-maximum suppression).

    A box is dropped when its intersection over union with a better kept one is above `overlap`.
    """
    order = np.argsort(-scores, kind="stable")
    left, top, right, bottom = boxes[order].T
    area = np.maximum(right - left, 0) * np.maximum(bottom - top, 0)
    alive = np.ones(len(order), dtype=bool)
    kept = []
    for first in range(len(order)):
        if not alive[first]:
            continue
        kept.append(first)
        rest = slice(first + 1, None)
        width = np.minimum(right[first], right[rest]) - np.maximum(left[first], left[rest])
        height = np.minimum(bottom[first], bottom[rest]) - np.maximum(top[first], top[rest])
        shared = np.maximum(width, 0) * np.maximum(height, 0)
        alive[rest] &= shared <= overlap * (area[first] + area[rest] - shared)
    return order[kept]


def parts_of_better(boxes: Boxes, share: float) -> NDArray[np.bool_]:
    """Say which boxes, the best first, have more than this share of their own area within a better one, (n,) bool.

    A part of a large face that is taken for a face of its own overlaps it too little for `suppress`.
    """
    left, top, right, bottom = boxes.T
    width = np.minimum(right[:, None], right) - np.maximum(left[:, None], left)
    height = np.minimum(bottom[:, None], bottom) - np.maximum(top[:, None], top)
    shared = np.maximum(width, 0) * np.maximum(height, 0)
    area = np.maximum(right - left, 0) * np.maximum(bottom - top, 0)
    return np.asarray(np.tril(shared > share * area[:, None], -1).any(axis=1), np.bool_)
