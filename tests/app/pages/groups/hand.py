"""A hand on the page of groups: what lies on the map, what is chosen for grouping, and what that would change."""

from collections.abc import Callable, Iterable

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.face_map.view import MapView
from app.pages.groups.page import GroupsPage
from app.pages.groups.regroup_panel import Tried
from app.shell.main_window import MainWindow
from tests.app.conftest import SCAN_MS
from tests.app.hand import LEFT, NONE, SHIFT, Hand, Key


class GroupsHand(Hand):
    """A hand on the page, which is opened from the sidebar."""

    def __init__(self, window: MainWindow, qtbot: QtBot, settle: Callable[[], None]) -> None:
        super().__init__(window, qtbot, settle)
        settle()
        window.activateWindow()
        window.sidebar.page_chosen.emit("groups")
        self.page = self.page_of("groups", GroupsPage)
        self.wait_for_map()

    @property
    def view(self) -> MapView:
        """The map."""
        return self.page.map.view

    def wait_for_map(self) -> None:
        """Wait until every face has its place."""
        self.wait_until(lambda: self.page.map.map is not None and not self.page.map.reading.busy, SCAN_MS)
        self.settle()

    def spot(self, face: int) -> QPoint:
        """Where a face is on the map."""
        place: QPointF = self.view.place_of(self.view.scene.row_of(face))
        return place.toPoint()

    def in_front(self, faces: Iterable[int]) -> int:
        """Return one of the faces that no other one's picture covers."""
        return next(face for face in faces if self.view.scene.ids[self.view.row_at(QPointF(self.spot(face)))] == face)

    def draw_around(self, faces: Iterable[int], held: Qt.KeyboardModifier = SHIFT) -> None:
        """Draw a lasso around these faces with the mouse."""
        spots = [self.spot(face) for face in faces]
        middle = sum(spots, QPoint()) / len(spots)
        radius = 4 + max(((spot - middle).x() ** 2 + (spot - middle).y() ** 2) ** 0.5 for spot in spots)
        angles = np.linspace(0, 2 * np.pi, 24)
        corners = [middle + QPoint(round(radius * np.cos(a)), round(radius * np.sin(a))) for a in angles]
        self._mouse(QEvent.Type.MouseButtonPress, corners[0], held)
        for corner in corners[1:]:
            self._mouse(QEvent.Type.MouseMove, corner, held)
        self._mouse(QEvent.Type.MouseButtonRelease, corners[-1], held)
        self.settle()

    def drag(self, start: QPoint, end: QPoint) -> None:
        """Drag the mouse over the map."""
        self._mouse(QEvent.Type.MouseButtonPress, start)
        self._mouse(QEvent.Type.MouseMove, end)
        self._mouse(QEvent.Type.MouseButtonRelease, end)
        self.settle()

    def _mouse(self, kind: QEvent.Type, point: QPoint, held: Qt.KeyboardModifier = NONE) -> None:
        """Use the mouse, also beyond the small screen that tests have, where QTest's cursor ends."""
        spot = QPointF(point)
        QApplication.sendEvent(self.view, QMouseEvent(kind, spot, self.view.mapToGlobal(spot), LEFT, LEFT, held))

    def open_regrouping(self) -> None:
        """Turn to the ways to group anew and wait for the first."""
        self.click_on(self.page.regroup_button)
        self.outcome()

    def outcome(self) -> Tried:
        """What the page shows of that which is chosen, once it is found out."""
        self.wait_until(lambda: self.page.regroup.tried is not None, SCAN_MS)
        tried = self.page.regroup.tried
        assert tried is not None
        return tried

    def choose(self, name: str) -> Tried:
        """Choose an algorithm with the keys."""
        form = self.page.regroup.form
        form.algorithm.setFocus()
        while form.choice.name != name:
            self.qtbot.keyClick(form.algorithm, Key.Key_Down)
        found = self.outcome()
        assert found.found.algorithm == name
        return found

    def set(self, field: str, value: int) -> Tried:
        """Give a setting of the algorithm a value."""
        self.page.regroup.form.fields[field].set_value(value)
        found = self.outcome()
        assert found.found.settings[field] == value
        return found

    def click_face(self, face: int, held: Qt.KeyboardModifier = NONE) -> None:
        """Click a face on the map."""
        self.qtbot.mouseClick(self.view, LEFT, held, self.spot(face))
        self.settle()
