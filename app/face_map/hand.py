"""What the mouse does on the map."""

from enum import StrEnum

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent

from app.face_map.lasso import inside_outline
from app.face_map.surface import MapSurface

MOVED = 4.0
"""Pixels from which on a press is a drag and no click."""


class Tool(StrEnum):
    """What dragging does; with Shift it draws a lasso whatever is chosen."""

    MOVE = "pan"
    LASSO = "lasso"
    RECTANGLE = "rectangle"


class MapHand:
    """Moves the map, draws around faces, clicks one; with Ctrl what is found is selected as well."""

    def __init__(self, view: MapSurface) -> None:
        self._view = view
        self.tool = Tool.MOVE
        self._pressed: QPointF | None = None
        self._last = QPointF()
        self._adding = self._drawing = self._dragging = False

    @property
    def busy(self) -> bool:
        """Whether a button is held."""
        return self._pressed is not None

    def press(self, event: QMouseEvent) -> None:
        """Begin a drag, or a click."""
        held = event.modifiers()
        self._pressed = self._last = event.position()
        self._adding = bool(held & Qt.KeyboardModifier.ControlModifier)
        self._drawing = self.tool is not Tool.MOVE or bool(held & Qt.KeyboardModifier.ShiftModifier)
        self._dragging = False

    def move(self, at: QPointF) -> None:
        """Go on with it."""
        if self._pressed is None:
            return
        self._dragging = self._dragging or (at - self._pressed).manhattanLength() >= MOVED
        if not self._dragging:
            return
        view = self._view
        if not self._drawing:
            view.setCursor(Qt.CursorShape.ClosedHandCursor)
            step = at - self._last
            view.set_camera(view.look.camera.panned(step.x(), step.y()))
        elif self.tool is Tool.RECTANGLE:
            view.draw(self._pressed, QPointF(at.x(), self._pressed.y()), at, QPointF(self._pressed.x(), at.y()))
        else:
            view.draw(*(view.look.outline or (self._pressed,)), at)
        self._last = at

    def release(self, at: QPointF) -> None:
        """Select what was drawn around, or what was clicked."""
        view, self._pressed = self._view, None
        view.unsetCursor()
        if self._dragging and self._drawing:
            outline = np.array([(point.x(), point.y()) for point in view.look.outline], np.float32)
            view.draw()
            inside = inside_outline(view.look.camera.to_widget(view.scene.points), outline.reshape(-1, 2))
            view.select_rows(np.flatnonzero(inside), adding=self._adding)
        elif not self._dragging:
            self._click(view.row_at(at))

    def give_up(self) -> bool:
        """Draw no more; return False where nothing was drawn."""
        drawing = bool(self._view.look.outline)
        self._pressed = None
        self._view.draw()
        return drawing

    def _click(self, row: int) -> None:
        view = self._view
        if row >= 0:
            view.make_current(row)
        if row >= 0 and self._adding:
            view.toggle_row(row)
        elif not self._adding:
            view.select_rows(np.array([row] if row >= 0 else [], np.int64))
