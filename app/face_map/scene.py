"""What the map shows: faces with places, colours and groups, and which of them are selected."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.face_map.camera import Camera, Places
from app.face_map.cells import Cells, make_cells
from app.face_map.islands import middles_of
from app.face_map.raster import Pixels

NOBODY = -1


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """Faces in rows, (n,): ids, places, opaque colours and groups (negative for none).

    `called` gives the name of a group, "" where it has none. `order` is the order of drawing, those of no group first,
    and `drawn_points` and `drawn_colours` are in it. `middles` are the rows whose pictures stand for their groups, the
    largest first; `cells` is an index of the places.
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
    cells: Cells

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
        """Return the rows of the faces that the camera sees, rising."""
        (left, top), (right, bottom) = camera.to_map(0, 0), camera.to_map(camera.width, camera.height)
        near = self.cells.near(left, top, right, bottom)
        x, y = self.points[near, 0], self.points[near, 1]
        return np.sort(near[(x > left) & (x < right) & (y > top) & (y < bottom)])

    def few_in_sight(self, camera: Camera, most: int) -> NDArray[np.int64] | None:
        """Return the same, None where the cells that the camera sees hold more than so many."""
        corners = (*camera.to_map(0, 0), *camera.to_map(camera.width, camera.height))
        return self.in_sight(camera) if self.cells.count(*corners) <= most else None

    def nearest(self, camera: Camera, x: float, y: float, reach: float) -> int:
        """Return the row of the face nearest to a point of the widget, −1 where none is so many pixels near."""
        (left, top), (right, bottom) = camera.to_map(x - reach, y - reach), camera.to_map(x + reach, y + reach)
        near = self.cells.near(left, top, right, bottom)
        apart = np.hypot(*(self.points[near] - np.array(camera.to_map(x, y), np.float32)).T)
        inside = apart < reach / camera.scale
        return int(near[inside][apart[inside].argmin()]) if inside.any() else -1


def make_scene(
    ids: NDArray[np.int64], points: Places, colours: Pixels, groups: NDArray[np.int64], called: Callable[[int], str]
) -> Scene:
    """Return a scene with its order of drawing and its middles."""
    cells, middles = make_cells(points), middles_of(points, groups)
    # Cell by cell: it is quicker to write near where one wrote before.
    order = cells.rows[np.argsort(groups[cells.rows] >= 0, kind="stable")]
    return Scene(ids, points, colours, groups, called, order, points[order], colours[order], middles, cells)


def no_scene() -> Scene:
    """Return a scene without faces."""
    none = np.empty(0, np.int64)
    return make_scene(none, np.empty((0, 2), np.float32), np.empty(0, np.uint32), none, lambda _group: "")
