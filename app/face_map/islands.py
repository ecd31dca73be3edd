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


def choose_shown(points: Places, middles: NDArray[np.int64], camera: Camera, seen: NDArray[np.int64]) -> Shown:
    """Choose among the rows in sight (`seen`) and the `middles`; the same ones while the map is only moved."""
    if len(seen) <= ALL_BELOW:
        room = camera.width * camera.height * FILLED / max(len(seen), 1)
        side, most = int(np.clip(np.sqrt(room), LEAST_SIDE, MOST_SIDE)), MOST_NEAR
        first = middles[np.isin(middles, seen)]
        candidates = np.concatenate([first, np.setdiff1d(seen, first)])
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
    best = candidates[np.sort(first)]
    spots = camera.to_widget(points[best])
    inside = (spots > -least).all(axis=1) & (spots < np.array([camera.width, camera.height]) + least).all(axis=1)
    best, spots = best[inside], spots[inside]
    near = _closer_than(spots, least)
    chosen = np.zeros(len(best), bool)
    for row in range(len(best)):
        chosen[row] = not any(chosen[other] for other in near[row] if other < row)
    return best[chosen][:most]


def _closer_than(spots: Places, least: float) -> list[list[int]]:
    """Return for each place the rows of those that lie closer to it."""
    if not len(spots):
        return []
    apart = np.abs(spots[:, None, 0] - spots[None, :, 0]) ** 2 + np.abs(spots[:, None, 1] - spots[None, :, 1]) ** 2
    close = apart < least * least
    close[np.diag_indices(len(close))] = False
    return [np.flatnonzero(row).tolist() for row in close]
