"""A hand on the page of a photo: its faces, where they lie, and the pen."""

from collections.abc import Callable

from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from app.pages.photo.page import PhotoPage
from app.shell.main_window import MainWindow
from engine.geometry import Box
from engine.library.queries import FaceRow
from tests.app.hand import LEFT, NONE, Hand, Key


class PhotoHand(Hand):
    """A hand on the page; the photo's pixels and its faces have come."""

    def __init__(self, window: MainWindow, qtbot: QtBot, settle: Callable[[], None], photo: int) -> None:
        super().__init__(window, qtbot, settle)
        self.page = self.page_of("photo", PhotoPage)
        self.canvas = self.page.canvas
        self.go("photo", photo)
        self.wait_until(lambda: self.canvas.has_image)

    def faces(self) -> list[int]:
        """The faces that are marked, in their order."""
        return [mark.face for mark in self.canvas.marks]

    def names(self) -> list[str]:
        """The names beside them."""
        return [mark.name for mark in self.canvas.marks]

    def face_of(self, person: int) -> FaceRow:
        """A person's face on this photo."""
        return next(face for face in self.page.faces.faces() if face.person == person)

    def point(self, x: float, y: float) -> QPoint:
        """Where a point of the photo (0 to 1 each way) lies on the canvas."""
        return self.canvas.framing.rect_of(Box(x, y, 0, 0)).topLeft().toPoint()

    def box_of(self, face: int) -> Box:
        """Where a face lies on the photo, relative to it."""
        return next(mark.box for mark in self.canvas.marks if mark.face == face)

    def middle_of(self, face: int) -> QPoint:
        """The middle of a face on the canvas."""
        return self.canvas.framing.rect_of(self.box_of(face)).center().toPoint()

    def click_face(self, face: int) -> None:
        """Click a face on the photo."""
        self.click_on(self.canvas, self.middle_of(face))

    def choose(self, face: int) -> None:
        """Make a face the current one, in the list beside the photo."""
        self.page.side.list.set_current(face)

    def draw(self, left: float, top: float) -> None:
        """Take the pen out and draw a box of a fifth of the photo; whether it becomes a face is not waited for."""
        self.qtbot.keyClick(self.canvas, Key.Key_O)
        assert self.canvas.drawing
        self.qtbot.mousePress(self.canvas, LEFT, NONE, self.point(left, top))
        for share in (0.5, 1.0):
            self.qtbot.mouseMove(self.canvas, self.point(left + 0.2 * share, top + 0.25 * share))
        self.qtbot.mouseRelease(self.canvas, LEFT, NONE, self.point(left + 0.2, top + 0.25))
