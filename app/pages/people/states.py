"""What stands in the place of the grid of people while it has nobody to show."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.faces.face_strip import FaceStrip
from app.pictures.pictures import Shape
from app.session.context import Context
from app.style import texts
from app.widgets.empty_state import EmptyState
from engine.library.queries import newest_face_ids
from engine.words import fill

SIDE, COUNT = 84, 5
"""Of the faces that are seen arriving."""


class PeopleStates(QStackedWidget):
    """Shows the grid, or why there is nobody in it and the one next step."""

    clear_wanted = Signal()
    retry_wanted = Signal()

    def __init__(self, context: Context, grid: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = grid
        self.nobody = EmptyState(self.tr("Nobody yet"), "")
        self.arriving = FaceStrip(context.pictures, SIDE, COUNT)
        self.nobody.add_picture(self.arriving)
        self._newest = context.reading(self, self._show_newest)
        self._library, self._folders = context.library, context.folders
        self.not_found = EmptyState("", self.tr("Only people with a name are found."), self.tr("Show everybody"))
        self.broken = EmptyState(self.tr("The people could not be read"), "", self.tr("Try again"))
        for widget in (grid, self.nobody, self.not_found, self.broken):
            self.addWidget(widget)
        self.not_found.step.connect(self.clear_wanted)
        self.broken.step.connect(self.retry_wanted)

    def show_grid(self) -> None:
        """Show the people."""
        self.setCurrentWidget(self.grid)

    def show_nobody(self, *, scanning: bool) -> None:
        """Say that there is nobody, and how people come or why they do not."""
        if scanning:
            self._read_newest()
        self.arriving.setVisible(scanning)
        self.nobody.say(self.tr("Nobody yet"), self._why_nobody(scanning=scanning))
        self.setCurrentWidget(self.nobody)

    def _why_nobody(self, *, scanning: bool) -> str:
        folders = self._folders
        if scanning:
            return self.tr("Your folders are being scanned. People appear here as they are found.")
        if folders.unread or not folders.states:
            return self.tr("People appear here while your folders are scanned.")
        if folders.photos:
            return self.tr("Nobody was found in your photos.")
        return self.tr("No photos were found in your folders.")

    def follow(self) -> None:
        """Show the faces that have just been found, while nobody is there to show."""
        if self.arriving.isVisible():
            self._read_newest()

    def show_not_found(self, typed: str) -> None:
        """Say that nobody is called so."""
        self.not_found.say(fill(self.tr("Nobody is called “{typed}”"), typed=typed), self.not_found.sentence.text())
        self.setCurrentWidget(self.not_found)

    def _read_newest(self) -> None:
        self._newest.refresh(lambda: newest_face_ids(self._library, COUNT))

    def _show_newest(self, faces: list[int]) -> None:
        self.arriving.show_faces(faces, self.tr("Faces that were just found"), Shape.CIRCLE)

    def show_error(self, error: object) -> None:
        """Say that the people could not be read, and what to do."""
        self.broken.say(self.tr("The people could not be read"), texts.spoken_error(error))
        self.setCurrentWidget(self.broken)
