"""A hand on a page of faces: what a test does there with keys and mouse, and what it sees."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt

from app.faces.face_board import FaceBoard
from app.faces.model import FacesModel
from app.grid.grid_view import GridView
from app.grid.tile import TILE
from tests.app.hand import CTRL, LEFT, NONE, Hand


@dataclass
class FacesHand(Hand):
    """A hand on a board of faces."""

    board: FaceBoard

    @property
    def grid(self) -> GridView:
        return self.board.grid

    @property
    def model(self) -> FacesModel:
        model = self.grid.model()
        assert isinstance(model, FacesModel)
        return model

    def faces(self) -> list[int]:
        """The ids of all tiles, in their order."""
        return [int(face) for face in self.model.ids]

    def spoken(self, face: int) -> str:
        """What a screen reader says of a face."""
        return str(self.model.index(self.model.row_of(face)).data(TILE).spoken)

    def sections(self) -> list[tuple[str, int]]:
        """The headings that are shown and how many faces stand below each."""
        return [(section.title, section.count) for section in self.model.sections if section.count]

    def place(self, face: int) -> QRect:
        """Where a face lies in the grid's viewport, scrolled into sight."""
        index = self.model.index(self.model.row_of(face))
        self.grid.scrollTo(index)
        return self.grid.visualRect(index)

    def click(self, face: int, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Click a face."""
        self.qtbot.mouseClick(self.grid.viewport(), LEFT, modifiers, self.place(face).center())
        self.settle()

    def choose(self, *faces: int) -> None:
        """Select faces with the mouse, holding Ctrl."""
        for place, face in enumerate(faces):
            self.click(face, CTRL if place else NONE)

    def open(self, face: int) -> None:
        """Double click a face."""
        point = self.place(face).center()
        self.qtbot.mouseClick(self.grid.viewport(), LEFT, NONE, point)
        self.qtbot.mouseDClick(self.grid.viewport(), LEFT, NONE, point)
        self.settle()
