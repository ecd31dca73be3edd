"""Who a face cannot be because of the names that stand in its photo."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from engine.clustering.likeness import Faces, Gallery
from engine.library.vectors import FaceVectors

NEAREST = 3
"""Of the people whom a face is most like, so many are ruled out where their names do not stand in its photo. It could
be put with nobody else by mistake, and all people times all faces would be millions."""

_BLOCK = 4096


def not_named(
    faces: FaceVectors, placed: Faces, confirmed: NDArray[np.bool_], named: Mapping[int, frozenset[int]]
) -> NDArray[np.int64]:
    """Return (m, 2) int64, rows of (row of a face, person): people whose names do not stand in the face's photo.

    `placed` are the same faces as clustering compares them; `named` holds the photos in which everybody is named, with
    the people of these names; `confirmed` (n,) the faces that somebody spoke for, who stay what they are.
    """
    rows = np.flatnonzero(np.isin(faces.photo_ids, list(named)) & ~confirmed & ~faces.ignored)
    gallery = Gallery(placed, np.where(confirmed, faces.person_ids, -1))
    if not len(rows) or not len(gallery.people):
        return np.empty((0, 2), np.int64)
    means = gallery.means()
    means /= np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9)
    count = min(NEAREST, len(gallery.people))
    found: list[tuple[int, int]] = []
    for start in range(0, len(rows), _BLOCK):
        block = rows[start : start + _BLOCK]
        nearest = np.argpartition(-(faces.vectors[block] @ means.T), count - 1, axis=1)[:, :count]
        for row, places in zip(block.tolist(), nearest, strict=True):
            allowed = named[int(faces.photo_ids[row])]
            found += [(row, person) for person in gallery.people[places].tolist() if person not in allowed]
    return np.array(found, np.int64).reshape(-1, 2)
