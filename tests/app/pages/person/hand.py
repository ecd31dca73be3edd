"""A hand on a person's page, and a library in which the machine suggests faces."""

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from app.pages.person.page import PersonPage
from app.shell.main_window import MainWindow
from engine.library.clusters import Assignments, assign_faces
from tests.app.drawn import DrawnLibrary, name_people
from tests.app.faces.hand import FacesHand


class PersonHand(FacesHand):
    """A hand on the page of one person."""

    def __init__(self, window: MainWindow, qtbot: QtBot, settle: Callable[[], None], person: int) -> None:
        page = window.page("person")
        assert isinstance(page, PersonPage)
        self.page = page
        super().__init__(window, qtbot, settle, page.faces.board)
        self.go("person", person)


def suggest(drawn: DrawnLibrary) -> list[int]:
    """Name the first person Ada and the second Bo, then let the machine give four faces of the third to Ada."""
    name_people(drawn, "Ada", "Bo")
    given = drawn.faces[2]
    assign_faces(drawn.library, Assignments(moves=dict.fromkeys(given, drawn.people[0])))
    return given
