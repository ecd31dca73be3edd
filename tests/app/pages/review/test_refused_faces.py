"""Review says that refused faces wait for their next person, and leads to the grid in which they do."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.shell.main_window import MainWindow
from engine.library import edits
from engine.library.clusters import Assignments, assign_faces
from tests.app.drawn import DrawnLibrary, doubt, name_people
from tests.app.hand import Key
from tests.app.pages.review.hand import ReviewHand


def test_a_line_leads_to_refused_faces_that_have_a_next_person(
    drawn: DrawnLibrary, window: MainWindow, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    name_people(drawn, "Ada", "Bo")
    refused = drawn.faces[1][2:]
    doubt(drawn, refused)
    assign_faces(drawn.library, Assignments(dict.fromkeys(refused), []))
    edits.reject_faces(drawn.library, drawn.people[0], refused)
    hand = ReviewHand(window, qtbot, settle)
    bar = hand.page.refused
    hand.wait_until(bar.isVisible)
    assert f": {len(refused)}." in bar.said.text()
    hand.press(Key.Key_R, Qt.KeyboardModifier.ShiftModifier)
    here = window.context.navigator.here
    assert here is not None
    assert here.page == "unsorted"


def test_no_line_stands_there_where_none_waits(
    drawn: DrawnLibrary, window: MainWindow, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    name_people(drawn, "Ada", "Bo")
    hand = ReviewHand(window, qtbot, settle)
    settle()
    assert not hand.page.refused.isVisible()
