"""Splitting a person from a few faces that are somebody else: everything else stays where it is."""

import numpy as np
from numpy.typing import NDArray

from engine.clustering.likeness import Faces, Gallery
from engine.clustering.neighbours import Vectors

_ROUNDS = 20
_LEAVING, _STAYING = 1, 0


def propose_split(
    faces: Faces, wrong: NDArray[np.int64], confirmed: NDArray[np.int64] | None = None
) -> NDArray[np.bool_]:
    """Return which of one person's n faces go with the wrong ones, (n,) bool.

    `wrong` holds the rows (two or more) of faces of somebody else, who always go, `confirmed` rows that always stay.
    Seeded 2-means first, then every face is judged by the faces near it in time; of the faces
    of one photo only one goes, unless all are named as wrong.
    Raises ValueError for fewer than two wrong faces, or for a face that is both.
    """
    fixed = np.full(len(faces.vectors), -1, np.int64)
    if confirmed is not None:
        fixed[confirmed] = _STAYING
    if len(np.unique(wrong)) < 2 or (fixed[wrong] == _STAYING).any():
        raise ValueError("a split needs two or more wrong faces, none of them confirmed")
    fixed[wrong] = _LEAVING
    sides = _two_means(faces, fixed)
    for _ in range(2):
        sides = _judge_again(faces, fixed, sides)
    result: NDArray[np.bool_] = sides == _LEAVING
    return result


def _two_means(faces: Faces, fixed: NDArray[np.int64]) -> NDArray[np.int64]:
    """Assign every face to the nearer of two directions, one through the wrong faces and one through the others."""
    sides = np.where(fixed == _LEAVING, _LEAVING, _STAYING)
    for _ in range(_ROUNDS):
        if (sides == _STAYING).sum() == 0:
            break
        lead = faces.vectors @ _direction(faces, sides == _LEAVING) - faces.vectors @ _direction(
            faces, sides == _STAYING
        )
        following = _sides(faces, fixed, lead)
        if np.array_equal(following, sides):
            break
        sides = following
    return sides


def _judge_again(faces: Faces, fixed: NDArray[np.int64], sides: NDArray[np.int64]) -> NDArray[np.int64]:
    """Compare every face with both sides by the faces near in time; its own place there does not count."""
    if len(np.unique(sides)) < 2:
        return sides
    lead = np.empty(len(sides), np.float64)
    for side in (_LEAVING, _STAYING):
        rows = np.flatnonzero(sides == side)
        gallery = Gallery(faces.at(rows), np.zeros(len(rows), np.int64))
        likeness = gallery.likeness(faces, np.zeros(len(sides), np.int64)).astype(np.float64)
        quarter = -(-min(len(rows), 32) // 4)
        without_self = (likeness[rows] * quarter - 1) / max(quarter - 1, 1)
        likeness[rows] = without_self if quarter > 1 else _nearest_other(faces.vectors[rows])
        if side == _LEAVING:
            lead[:] = likeness
        else:
            lead -= likeness
    return _sides(faces, fixed, lead)


def _nearest_other(vectors: Vectors) -> NDArray[np.float32]:
    """Return the similarity of each of a few faces to the nearest of the others, (n,); 0 for a single one."""
    if len(vectors) < 2:
        return np.zeros(len(vectors), np.float32)
    seen = vectors @ vectors.T
    np.fill_diagonal(seen, -1)
    nearest: NDArray[np.float32] = seen.max(axis=1)
    return nearest


def _sides(faces: Faces, fixed: NDArray[np.int64], lead: NDArray[np.floating]) -> NDArray[np.int64]:
    """Turn each face's lead towards leaving into a side; of the faces of one photo only the first in lead may leave."""
    sides = np.where(fixed >= 0, fixed, np.where(lead > 0, _LEAVING, _STAYING))
    leaving = np.flatnonzero(sides == _LEAVING)
    order = leaving[np.lexsort((-lead[leaving], fixed[leaving] != _LEAVING))]
    gone: set[int] = set()
    for face in order.tolist():
        photo = int(faces.photos[face])
        if photo in gone and fixed[face] != _LEAVING:
            sides[face] = _STAYING
        if photo >= 0:
            gone.add(photo)
    return sides


def _direction(faces: Faces, mask: NDArray[np.bool_]) -> NDArray[np.float32]:
    total = faces.vectors[mask].sum(axis=0)
    direction: NDArray[np.float32] = total / max(float(np.linalg.norm(total)), 1e-12)
    return direction
