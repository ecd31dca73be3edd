"""What the map shows: a scene, from where it is seen, and which of its faces are selected."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.face_map.camera import Camera
from app.face_map.flight import Flight
from app.face_map.painting import Look, MapPainter
from app.face_map.scene import Scene, no_scene
from app.pictures.pictures import Picture, Pictures
from app.style.motion import Motion
from app.style.painting import painting

SETTLED_MS = 80
"""A camera that has been there for so long is not moving any more."""


class MapSurface(QWidget):
    """Shows a scene, and which of its faces are selected; what mouse and keys do with it, `MapView` knows."""

    chosen_changed = Signal()
    """Other faces are selected."""
    hovered = Signal(int, QPointF)
    """The mouse is at another face (its id, or −1), at this point of the widget."""
    current_changed = Signal()
    large_wanted = Signal(int)
    """This face is to be seen large, or no more."""
    opened = Signal(int)
    """The photo of this face is wanted."""

    def __init__(self, pictures: Pictures, motion: Motion, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scene = no_scene()
        self.look = Look(Camera(), np.empty(0, np.int64))
        self._painter, self._motion = MapPainter(pictures), motion
        self._flight = Flight(self)
        self._flight.moved.connect(self._fly)
        self._settling = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._soon = QTimer(self, singleShot=True, interval=0)
        for clock in (self._settling, self._soon):
            clock.timeout.connect(self.update)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(1, 1)
        pictures.arrived.connect(self._take_picture)

    def show_scene(self, scene: Scene, *, whole: bool = False) -> None:
        """Show another scene: faces that are in both stay selected; the first one, or a `whole` one, is seen whole."""
        selected, current = self.selected_ids(), self.current_id()
        whole, self.scene = whole or not len(self.scene), scene
        rows = scene.rows_of(np.array(selected, np.int64))
        row = scene.row_of(current) if current is not None else -1
        camera = self.look.camera.fitted(scene.points) if whole else self.look.camera
        self._set_look(camera=camera, selected=rows, current=row, hovered=-1)
        if selected != self.selected_ids():
            self.chosen_changed.emit()

    def selected_ids(self) -> list[int]:
        """Return the faces that are selected."""
        ids: list[int] = self.scene.ids[self.look.selected].tolist()
        return ids

    def current_id(self) -> int | None:
        """Return the face that the keys are at, None where there is none."""
        return int(self.scene.ids[self.look.current]) if 0 <= self.look.current < len(self.scene) else None

    def select_rows(self, rows: NDArray[np.int64], *, adding: bool = False) -> None:
        """Select these rows and nothing else, or beside those that are selected."""
        chosen = np.union1d(self.look.selected, rows) if adding else np.unique(rows)
        self._set_look(selected=chosen.astype(np.int64))
        self.chosen_changed.emit()

    def toggle_row(self, row: int) -> None:
        """Select a row that is not selected, or the other way round."""
        chosen = np.setxor1d(self.look.selected, np.array([row], np.int64))
        self._set_look(selected=chosen.astype(np.int64))
        self.chosen_changed.emit()

    def select_ids(self, faces: Iterable[int]) -> None:
        """Select these faces and nothing else."""
        self.select_rows(self.scene.rows_of(np.fromiter(faces, np.int64)))

    def make_current(self, row: int) -> None:
        """Have the keys at a row; it comes into sight."""
        self._set_look(current=row)
        if row >= 0:
            at, camera = self.place_of(row), self.look.camera
            if not self.rect().contains(at.toPoint()):
                self.set_camera(camera.panned(camera.width / 2 - at.x(), camera.height / 2 - at.y()))
        self.current_changed.emit()

    def place_of(self, row: int) -> QPointF:
        """Return where a row is on the widget."""
        return QPointF(*self.look.camera.to_widget(self.scene.points[row : row + 1])[0].tolist())

    def row_at(self, at: QPointF) -> int:
        """Return the row of the face at a point of the widget, −1 where there is none."""
        return self._painter.row_at(self.scene, self.look.camera, at)

    def hover(self, at: QPointF) -> None:
        """Have the mouse at a point of the widget."""
        self.set_hovered(self.row_at(at), at)

    def set_hovered(self, row: int, at: QPointF) -> None:
        """Have the mouse at a row, −1 for none, and at a point of the widget."""
        if row != self.look.hovered:
            self._set_look(hovered=row)
            self.hovered.emit(int(self.scene.ids[row]) if row >= 0 else -1, at)

    def draw(self, *outline: QPointF) -> None:
        """Show an outline that is being drawn, or none."""
        self._set_look(outline=outline)

    def halt(self) -> None:
        """Stop on the way."""
        self._flight.stop()

    def set_camera(self, camera: Camera) -> None:
        """Look elsewhere, at once."""
        self.halt()
        self._set_look(camera=camera)

    def fly_to(self, rows: NDArray[np.int64] | None = None) -> None:
        """Go to where some rows are, or to where everything is seen; at once where nothing should move."""
        camera = self.look.camera
        goal = camera.fitted(self.scene.points) if rows is None else camera.around(self.scene.points[rows])
        if self._motion.wanted and self.isVisible():
            self._flight.begin(camera, goal)
        else:
            self.set_camera(goal)

    def zoom(self, factor: float) -> None:
        """Go nearer to the current face, or to the middle."""
        camera, row = self.look.camera, self.look.current
        at = self.place_of(row) if 0 <= row < len(self.scene) else QPointF(camera.width / 2, camera.height / 2)
        self.set_camera(camera.zoomed(factor, at.x(), at.y()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the map."""
        with painting(self) as painter:
            painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Base))
            moving = self._settling.isActive()
            self._painter.paint(painter, self.scene, self.look, self.palette(), self.devicePixelRatioF(), moving=moving)
        if not self._painter.whole:
            self._soon.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the middle where it is; a map that is seen whole stays so."""
        camera = self.look.camera
        resized = camera.resized(self.width(), self.height())
        self.set_camera(resized.fitted(self.scene.points) if camera == camera.fitted(self.scene.points) else resized)

    def _fly(self, camera: Camera) -> None:
        self._set_look(camera=camera.resized(self.width(), self.height()))

    def _set_look(self, **changed: object) -> None:
        if "camera" in changed:
            self._settling.start()
        self.look = replace(self.look, **changed)  # type: ignore[arg-type]  # fields of Look, by name
        self.update()

    def _take_picture(self, picture: Picture) -> None:
        if self.isVisible():
            self.update()
