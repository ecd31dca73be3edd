"""A hand on a person's page, and a library in which the machine suggests faces."""

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from app.pages.person.page import PersonPage
from app.shell.main_window import MainWindow
from tests.app.drawn import DrawnLibrary, doubt, name_people
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
    """Name the first person Ada and the second Bo; four of Ada's nine faces are the machine's suggestions."""
    name_people(drawn, "Ada", "Bo")
    given = drawn.faces[0][5:]
    doubt(drawn, given)
    return given
