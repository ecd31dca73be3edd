"""A hand on a page of faces: what a test does there with keys and mouse, and what it sees."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.faces.face_board import FaceBoard
from app.faces.faces import FacesModel
from app.grid.grid_view import GridView
from app.grid.tile import TILE
from app.pages.person.page import PersonPage
from app.pages.unsorted.page import UnsortedPage
from app.shell.main_window import MainWindow
from app.style.theme import TextSize, font_of
from engine.library.clusters import Assignments, assign_faces
from engine.library.queries import unsorted_face_rows
from tests.app.drawn import DrawnLibrary, name_people

Key = Qt.Key
NONE, CTRL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
LEFT = Qt.MouseButton.LeftButton


@dataclass
class FacesHand:
    """`settle` waits until everything that was asked for has arrived."""

    window: MainWindow
    qtbot: QtBot
    settle: Callable[[], None]
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

    def press(self, key: Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press a key where the focus is."""
        self.qtbot.keyClick(focused(), key, modifiers)
        self.settle()

    def type(self, text: str) -> None:
        """Type where the focus is; every letter goes where the focus is then."""
        for letter in text:
            self.qtbot.keyClicks(focused(), letter)
        self.settle()

    def click_at(self, widget: QWidget, point: QPoint) -> None:
        """Click somewhere in a widget."""
        self.qtbot.mouseClick(widget, LEFT, NONE, point)
        self.settle()

    def click_button(self, root: QWidget, start: str) -> None:
        """Click the button that can be seen and whose text starts so."""
        found = [one for one in root.findChildren(QPushButton) if one.text().startswith(start) and one.isVisible()]
        assert len(found) == 1, [one.text() for one in root.findChildren(QPushButton) if one.isVisible()]
        self.qtbot.mouseClick(found[0], LEFT)
        self.settle()


def focused() -> QWidget:
    """Return the widget that has the focus."""
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus"
    return widget


class PersonHand(FacesHand):
    """A hand on the page of one person."""

    def __init__(self, window: MainWindow, qtbot: QtBot, settle: Callable[[], None], person: int) -> None:
        window.activateWindow()
        window.context.navigator.go("person", person)
        page = window.page("person")
        assert isinstance(page, PersonPage)
        self.page = page
        super().__init__(window, qtbot, settle, page.faces.board)
        settle()


class UnsortedHand(FacesHand):
    """A hand on the page of nobody's faces."""

    def __init__(self, window: MainWindow, qtbot: QtBot, settle: Callable[[], None]) -> None:
        window.activateWindow()
        window.context.navigator.go("unsorted")
        page = window.page("unsorted")
        assert isinstance(page, UnsortedPage)
        self.page = page
        super().__init__(window, qtbot, settle, page.board)
        settle()

    def head(self, section: int) -> QPoint:
        """Where a group's title stands."""
        rect = self.grid.tiles.head_rect(section).translated(0, -self.grid.verticalOffset())
        return QPoint(rect.left() + 10, rect.center().y())

    def question(self, section: int) -> QPoint:
        """Where a group's question stands, which becomes a field."""
        wide = QFontMetrics(font_of(TextSize.NAME)).horizontalAdvance(self.model.sections[section].title)
        return self.head(section) + QPoint(wide + 40, 0)


def scatter(drawn: DrawnLibrary) -> tuple[list[int], list[int], list[int]]:
    """Name the first two Ada and Bo, take all faces of the others from them; return these, and those of nobody."""
    name_people(drawn, "Ada", "Bo")
    alone = [row.face for row in unsorted_face_rows(drawn.library)]
    four, two = drawn.faces[2], drawn.faces[3]
    assign_faces(drawn.library, Assignments(moves=dict.fromkeys([*four, *two])))
    return four, two, alone


def suggest(drawn: DrawnLibrary) -> list[int]:
    """Name the first person Ada and the second Bo, then let the machine give four faces of the third to Ada."""
    name_people(drawn, "Ada", "Bo")
    given = drawn.faces[2]
    assign_faces(drawn.library, Assignments(moves=dict.fromkeys(given, drawn.people[0])))
    return given
