"""What the map shows: faces with places, colours and groups, and which of them are selected."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.face_map.camera import Camera, Places
from app.face_map.islands import middles_of
from app.face_map.raster import Pixels

NOBODY = -1
CELLS = 256
"""Faces are drawn cell by cell of so many rows and columns: it is quicker to write near where one wrote before."""


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """Faces in rows, (n,): ids, places, opaque colours and groups (negative for none).

    `called` gives the name of a group, "" where it has none. `order` is the order of drawing, those of no group first,
    and `drawn_points` and `drawn_colours` are in it. `middles` are the rows whose pictures stand for their groups, the
    largest first.
    """

    ids: NDArray[np.int64]
    points: Places
    colours: Pixels
    groups: NDArray[np.int64]
    called: Callable[[int], str]
    order: NDArray[np.int64]
    drawn_points: Places
    drawn_colours: Pixels
    middles: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ids)

    def row_of(self, face: int) -> int:
        """Return the row of a face, −1 where it is not on the map."""
        rows = np.flatnonzero(self.ids == face)
        return int(rows[0]) if len(rows) else -1

    def rows_of(self, faces: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the rows of those faces that are on the map."""
        return np.flatnonzero(np.isin(self.ids, faces))

    def in_sight(self, camera: Camera) -> NDArray[np.int64]:
        """Return the rows of the faces that the camera sees."""
        (left, top), (right, bottom) = camera.to_map(0, 0), camera.to_map(camera.width, camera.height)
        x, y = self.points[:, 0], self.points[:, 1]
        return np.flatnonzero((x > left) & (x < right) & (y > top) & (y < bottom))


def make_scene(
    ids: NDArray[np.int64], points: Places, colours: Pixels, groups: NDArray[np.int64], called: Callable[[int], str]
) -> Scene:
    """Return a scene with its order of drawing and its middles."""
    order, middles = _drawing_order(points, groups), middles_of(points, groups)
    return Scene(ids, points, colours, groups, called, order, points[order], colours[order], middles)


def no_scene() -> Scene:
    """Return a scene without faces."""
    none = np.empty(0, np.int64)
    return make_scene(none, np.empty((0, 2), np.float32), np.empty(0, np.uint32), none, lambda _group: "")


def _drawing_order(points: Places, groups: NDArray[np.int64]) -> NDArray[np.int64]:
    if not len(points):
        return np.empty(0, np.int64)
    low, high = points.min(axis=0), points.max(axis=0)
    cells = ((points - low) / np.maximum(high - low, 1e-6) * (CELLS - 1)).astype(np.int64)
    order: NDArray[np.int64] = np.lexsort((cells[:, 1] * CELLS + cells[:, 0], groups >= 0))
    return order
