"""Where a photo lies in a view: fitted, enlarged at a point, moved. Arithmetic only."""

from dataclasses import dataclass, replace
from typing import Self

from PySide6.QtCore import QPointF, QRectF, QSizeF

from engine.geometry import Box

LARGEST = 8.0
"""How many device-independent pixels one pixel of the photo may cover."""

ENLARGED = 2.0
"""How far fitting enlarges a small photo."""


@dataclass(frozen=True, slots=True)
class Framing:
    """A photo of so many pixels in a view of so many device-independent ones.

    `scale` is the length of a photo's pixel in the view, `left` and `top` where the photo begins there. A photo smaller
    than the view lies in its middle; a larger one always covers it.
    """

    photo: QSizeF
    view: QSizeF
    scale: float = 1.0
    left: float = 0.0
    top: float = 0.0

    @property
    def fit(self) -> float:
        """The scale at which the whole photo is just seen."""
        across = self.view.width() / max(self.photo.width(), 1.0)
        down = self.view.height() / max(self.photo.height(), 1.0)
        return max(min(across, down, ENLARGED), 1e-4)

    @property
    def fitted(self) -> bool:
        """Whether the whole photo is seen, as large as that allows."""
        return self.scale <= self.fit * 1.0001

    @property
    def rect(self) -> QRectF:
        """The photo's rectangle in the view."""
        return QRectF(self.left, self.top, self.photo.width() * self.scale, self.photo.height() * self.scale)

    def fitting(self) -> Self:
        """Return the whole photo in the middle of the view."""
        return replace(self, scale=self.fit).inside()

    def resized(self, view: QSizeF) -> Self:
        """Return the photo in a view of another size: fitted if it was, else with the same point in the middle."""
        if self.fitted:
            return replace(self, view=view).fitting()
        dx, dy = (view.width() - self.view.width()) / 2, (view.height() - self.view.height()) / 2
        return replace(self, view=view, left=self.left + dx, top=self.top + dy).inside()

    def scaled_to(self, scale: float, at: QPointF) -> Self:
        """Return the photo at this scale, the point `at` of the view showing what it showed, as far as possible."""
        scale = max(self.fit, min(scale, max(LARGEST, self.fit)))
        factor = scale / self.scale
        left, top = at.x() - (at.x() - self.left) * factor, at.y() - (at.y() - self.top) * factor
        return replace(self, scale=scale, left=left, top=top).inside()

    def moved(self, dx: float, dy: float) -> Self:
        """Return the photo moved, never so far that an edge leaves a gap."""
        return replace(self, left=self.left + dx, top=self.top + dy).inside()

    def showing(self, box: Box) -> Self:
        """Return the photo moved so far that a relative box is seen, or its middle where it is larger than the view."""
        rect = self.rect_of(box)
        return self.moved(
            _into(rect.left(), rect.right(), self.view.width()), _into(rect.top(), rect.bottom(), self.view.height())
        )

    def rect_of(self, box: Box) -> QRectF:
        """Return the rectangle in the view of a box that is relative (0 to 1) to the photo."""
        whole = self.rect
        placed = box.scaled(whole.width(), whole.height())
        return QRectF(placed.left, placed.top, placed.width, placed.height).translated(whole.topLeft())

    def box_of(self, rect: QRectF) -> Box:
        """Return the part of the photo that a rectangle of the view covers, relative (0 to 1)."""
        whole = self.rect
        inside = rect.normalized().intersected(whole).translated(-whole.topLeft())
        return Box(inside.left(), inside.top(), inside.width(), inside.height()).scaled(
            1 / whole.width(), 1 / whole.height()
        )

    def inside(self) -> Self:
        """Return the photo moved back so far that no edge leaves a gap."""
        whole = self.rect
        left = _kept(self.left, whole.width(), self.view.width())
        return replace(self, left=left, top=_kept(self.top, whole.height(), self.view.height()))


def _kept(begin: float, length: float, view: float) -> float:
    """Return where a length begins in the view: in its middle where it is shorter, else without a gap."""
    if length <= view:
        return (view - length) / 2
    return max(view - length, min(begin, 0.0))


def _into(begin: float, end: float, view: float) -> float:
    """Return how far to move begin to end so that it lies in 0 to view, or its middle in the middle."""
    if end - begin > view:
        return view / 2 - (begin + end) / 2
    return max(0.0 - begin, 0.0) + min(view - end, 0.0)
