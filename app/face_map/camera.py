"""Where one looks on the map: from its units to pixels of the widget and back."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.float32]
"""(n, 2) float32: on the map in its units, or on the widget in device-independent pixels from its upper left."""

LEAST, MOST = 0.35, 4_000.0
"""How small the whole may become, as a share of its size when all of it is seen; and how large."""

MARGIN = 0.08
"""Share of the shorter side that is left free around the whole."""


@dataclass(frozen=True, slots=True)
class Camera:
    """`x` and `y` of the map lie in the middle of a widget of this size; a unit of the map takes `scale` pixels.

    `whole` is the scale at which everything is seen.
    """

    width: int = 1
    height: int = 1
    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0
    whole: float = 1.0

    def to_widget(self, places: Places) -> Places:
        """Return where places of the map lie on the widget."""
        moved: Places = places * np.float32(self.scale) + self._shift()
        return moved

    def to_map(self, x: float, y: float) -> tuple[float, float]:
        """Return the place of the map at a point of the widget."""
        return (x - self.width / 2) / self.scale + self.x, (y - self.height / 2) / self.scale + self.y

    def fitted(self, places: Places) -> "Camera":
        """Look at all places."""
        if not len(places):
            return self
        low, high = places.min(axis=0), places.max(axis=0)
        room = np.array([self.width, self.height]) - 2 * MARGIN * min(self.width, self.height)
        scale = float((room / np.maximum(high - low, 1e-3)).min())
        middle = (low + high) / 2
        return replace(self, x=float(middle[0]), y=float(middle[1]), scale=scale, whole=scale)

    def around(self, places: Places) -> "Camera":
        """Look at some places, no nearer than so that a few faces would fill the widget."""
        near = self.fitted(places)
        scale = min(near.scale * 0.7, self.whole * 60)
        return replace(near, scale=max(scale, self.whole), whole=self.whole)

    def resized(self, width: int, height: int) -> "Camera":
        """Look at the same from a widget of another size."""
        return replace(self, width=max(width, 1), height=max(height, 1))

    def panned(self, right: float, down: float) -> "Camera":
        """Move what is seen by so many pixels."""
        return replace(self, x=self.x - right / self.scale, y=self.y - down / self.scale)

    def zoomed(self, factor: float, x: float, y: float) -> "Camera":
        """Go nearer by a factor; what lies at a point of the widget stays there."""
        scale = min(max(self.scale * factor, self.whole * LEAST), self.whole * MOST)
        there_x, there_y = self.to_map(x, y)
        moved_x, moved_y = there_x - (x - self.width / 2) / scale, there_y - (y - self.height / 2) / scale
        return replace(self, x=moved_x, y=moved_y, scale=scale)

    def between(self, other: "Camera", share: float) -> "Camera":
        """Return the way to another camera: scales grow evenly, the middle keeps in step with them."""
        scale = self.scale * (other.scale / self.scale) ** share
        if abs(other.scale - self.scale) < 1e-9 * self.scale:
            part = share
        else:
            part = (1 / self.scale - 1 / scale) / (1 / self.scale - 1 / other.scale)
        x, y = self.x + (other.x - self.x) * part, self.y + (other.y - self.y) * part
        return replace(other, x=x, y=y, scale=scale)

    def _shift(self) -> NDArray[np.float32]:
        return np.array([self.width / 2 - self.x * self.scale, self.height / 2 - self.y * self.scale], np.float32)
