"""A hand on the page of nobody's faces, and a library in which many are nobody's."""

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from app.pages.unsorted.page import UnsortedPage
from app.shell.main_window import MainWindow
from app.style.theme import TextSize, font_of
from engine.library.clusters import Assignments, assign_faces
from engine.library.queries import unsorted_face_rows
from tests.app.drawn import DrawnLibrary, alter_faces, name_people
from tests.app.faces.hand import FacesHand


class UnsortedHand(FacesHand):
    """A hand on the page of nobody's faces."""

    def __init__(self, window: MainWindow, qtbot: QtBot, settle: Callable[[], None]) -> None:
        page = window.page("unsorted")
        assert isinstance(page, UnsortedPage)
        self.page = page
        super().__init__(window, qtbot, settle, page.board)
        self.go("unsorted")

    def head(self, section: int) -> QPoint:
        """Where a group's title stands."""
        rect = self.grid.tiles.head_rect(section).translated(0, -self.grid.verticalOffset())
        return QPoint(rect.left() + 10, rect.center().y())

    def question(self, section: int) -> QPoint:
        """Where a group's question stands, which becomes a field."""
        wide = QFontMetrics(font_of(TextSize.NAME)).horizontalAdvance(self.model.sections[section].title)
        return self.head(section) + QPoint(wide + 40, 0)


def scatter(drawn: DrawnLibrary) -> tuple[list[int], list[int], list[int]]:
    """Name the first two Ada and Bo, take all faces of the others from them; return these, and those of nobody.

    They are so poor that the machine makes nobody of them; somebody who looks may. Those alone can be recognised.
    """
    name_people(drawn, "Ada", "Bo")
    alone = [row.face for row in unsorted_face_rows(drawn.library)]
    four, two = drawn.faces[2], drawn.faces[3]
    assign_faces(drawn.library, Assignments(moves=dict.fromkeys([*four, *two])))
    alter_faces(drawn, [*four, *two], "quality = quality * 0.6")
    alter_faces(drawn, alone, "quality = 0.46")
    return four, two, alone
