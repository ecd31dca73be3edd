"""The keys of the map."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from app.face_map.lasso import nearest_towards
from app.face_map.surface import MapSurface

ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
NEARER = (Qt.Key.Key_Plus, Qt.Key.Key_Equal)
STRIDE = 80
"""Pixels that the map moves at one press."""

STEP = 1.25


class MapKeys:
    """Arrows lead from face to face (Shift selects on the way, Ctrl moves the map), +, − and 0 zoom.

    Space shows the face large, Enter opens its photo.
    """

    def __init__(self, view: MapSurface) -> None:
        self._view = view

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key means; return False where it means nothing here."""
        view, key, held = self._view, Qt.Key(event.key()), event.modifiers()
        control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
        if key in ARROWS and held & control:
            right, down = ARROWS[key]
            view.set_camera(view.look.camera.panned(-right * STRIDE, -down * STRIDE))
        elif key in ARROWS:
            self._step(*ARROWS[key], selecting=bool(held & shift))
        elif key in NEARER:
            view.zoom(STEP)
        elif key is Qt.Key.Key_Minus:
            view.zoom(1 / STEP)
        elif key is Qt.Key.Key_0:
            view.fly_to()
        elif key is Qt.Key.Key_A and held & control:
            view.select_rows(view.scene.in_sight(view.look.camera))
        elif key is Qt.Key.Key_Space and held & control and view.look.current >= 0:
            view.toggle_row(view.look.current)
        elif key is Qt.Key.Key_Space and view.current_id() is not None:
            view.large_wanted.emit(view.current_id())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and view.current_id() is not None:
            view.opened.emit(view.current_id())
        else:
            return False
        return True

    def _step(self, right: int, down: int, *, selecting: bool) -> None:
        view, scene = self._view, self._view.scene
        if not len(scene):
            return
        places = view.look.camera.to_widget(scene.points)
        if view.look.current < 0:
            middle = np.array([view.width() / 2, view.height() / 2], np.float32)
            row = int(np.abs(places - middle).sum(axis=1).argmin())
        else:
            row = nearest_towards(places, view.look.current, right, down)
        if selecting:
            view.select_rows(np.array([max(view.look.current, 0), row], np.int64), adding=True)
        else:
            view.select_rows(np.array([row], np.int64))
        view.make_current(row)
