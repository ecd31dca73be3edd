"""The groups by which faces on the map are coloured."""

from collections.abc import Mapping
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from engine.library.queries import MappedFaces

NOBODY = -1


class ColouredBy(IntEnum):
    """People, the groups of the last clustering run, or those of a grouping that was tried; in the order of the box."""

    PEOPLE = 0
    LAST = 1
    TRIED = 2


def groups_of(faces: MappedFaces, way: ColouredBy, tried: Mapping[int, int]) -> NDArray[np.int64]:
    """Return the group of each face, (n,), NOBODY for none; `tried` are those of a grouping that was tried, by face."""
    if way is ColouredBy.PEOPLE:
        return faces.person_ids
    if way is ColouredBy.TRIED:
        return np.array([tried.get(face, NOBODY) for face in faces.face_ids.tolist()], np.int64)
    # A face that was looked at and is like no other is a cluster of its own.
    _, place, sizes = np.unique(faces.cluster_ids, return_inverse=True, return_counts=True)
    return np.where(sizes[place] > 1, faces.cluster_ids, NOBODY)
