"""Which faces are shown as pictures, so that none covers another: those in the middle of large groups first."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.face_map.camera import Camera, Places

ALL_BELOW = 1_500
"""Where no more faces than these are in sight, each of them may be shown as a picture; else only one a group."""

LEAST_SIDE, MOST_SIDE = 38, 96
"""Pixels of a picture: as large as the faces in sight leave room for."""

AIR = 1.12
"""Pictures are so many of their widths apart."""

MOST_FAR, MOST_NEAR = 72, 160
"""Pictures at once, from afar and from near: more of them would hide the points, and take their time at each frame."""

FAR = 1 << 31
"""More cells than a map is wide."""

AROUND = (-1, 0, 1)

FILLED = 0.55
"""Share of the widget that pictures take, where each face in sight is one."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Rows of the faces that are shown as pictures, and how wide these are."""

    rows: NDArray[np.int64]
    side: int


def middles_of(points: Places, groups: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the row of the face in the middle of each group of two and more, the largest group first.

    The middle is the median: where a group has two islands it lies on the larger one.
    """
    order = np.argsort(groups, kind="stable")
    found, starts, sizes = np.unique(groups[order], return_index=True, return_counts=True)
    middles = []
    for row in np.argsort(-sizes, kind="stable").tolist():
        if found[row] >= 0 and sizes[row] > 1:
            members = order[starts[row] : starts[row] + sizes[row]]
            apart = np.abs(points[members] - np.median(points[members], axis=0)).sum(axis=1)
            middles.append(int(members[apart.argmin()]))
    return np.array(middles, np.int64)


def choose_shown(points: Places, middles: NDArray[np.int64], camera: Camera, seen: NDArray[np.int64] | None) -> Shown:
    """Choose among the rows in sight (`seen`, rising; None where they are many) and the `middles`.

    The same ones are chosen while the map is only moved.
    """
    if seen is not None and len(seen) <= ALL_BELOW:
        room = camera.width * camera.height * FILLED / max(len(seen), 1)
        side, most = int(np.clip(np.sqrt(room), LEAST_SIDE, MOST_SIDE)), MOST_NEAR
        first = middles[np.isin(middles, seen)]
        candidates = np.concatenate([first, np.setdiff1d(seen, first, assume_unique=True)])
    else:
        side, candidates, most = LEAST_SIDE, middles, MOST_FAR
    return Shown(_apart(points, candidates, camera, side * AIR, most), side)


def _apart(points: Places, candidates: NDArray[np.int64], camera: Camera, least: float, most: int) -> NDArray[np.int64]:
    """Return the first `most` candidates that lie at least so many pixels from every better one, which come first."""
    if not len(candidates):
        return candidates
    # One of each cell, which lies still on the map, so that nothing comes and goes while the map is moved.
    cells = np.floor(points[candidates] * camera.scale / least).astype(np.int64)
    _, first = np.unique(cells[:, 0] * FAR + cells[:, 1], return_index=True)
    first.sort()
    spots = camera.to_widget(points[candidates[first]])
    inside = (spots > -least).all(axis=1) & (spots < np.array([camera.width, camera.height]) + least).all(axis=1)
    first = first[inside]
    return candidates[first[_far_apart(cells[first].tolist(), spots[inside].tolist(), least, most)]]


def _far_apart(cells: list[list[int]], spots: list[list[float]], least: float, most: int) -> list[int]:
    """Return which of the places, each in a cell `least` wide of its own, are far enough from all kept before them."""
    taken: dict[tuple[int, int], tuple[float, float]] = {}
    kept: list[int] = []
    for place, ((across, down), (x, y)) in enumerate(zip(cells, spots, strict=True)):
        near = (taken.get((across + right, down + below)) for right in AROUND for below in AROUND)
        if all(other is None or (other[0] - x) ** 2 + (other[1] - y) ** 2 >= least * least for other in near):
            taken[across, down] = (x, y)
            kept.append(place)
            if len(kept) == most:
                break
    return kept
