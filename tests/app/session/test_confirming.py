"""What is told after a yes is how many faces were confirmed by it, whoever they stood with."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from app.session.confirming import confirm
from app.shell.main_window import MainWindow
from engine.library import edits
from tests.app.conftest import PLENTY_MS
from tests.app.drawn import DrawnLibrary, name_people


@pytest.mark.parametrize("named", [False, True], ids=["a group of the machine's", "somebody with a name"])
def test_a_group_that_a_face_joins_is_counted_with_it(drawn: DrawnLibrary, *, named: bool) -> None:
    person, others = drawn.people[0], drawn.faces[0]
    if named:
        name_people(drawn, "Ada")
    edits.split_off(drawn.library, drawn.faces[1][:1], "Bo")
    confirmed = confirm(drawn.library, {person: drawn.faces[1][1:2]})
    assert confirmed.faces == (1 if named else 1 + len(others))


def test_faces_of_several_people_are_counted_together(drawn: DrawnLibrary) -> None:
    name_people(drawn, "Ada", "Bo")
    answers = {drawn.people[0]: drawn.faces[2][:2], drawn.people[1]: drawn.faces[2][2:3]}
    assert confirm(drawn.library, answers).faces == 3


def test_the_window_says_how_many_were_confirmed(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    written: list[object] = []
    group, face = drawn.people[0], drawn.faces[1][0]
    window.context.operations.confirm(group, [face], written.append)
    qtbot.waitUntil(lambda: bool(written), timeout=PLENTY_MS)
    settle()
    assert window.messages.text.text() == f"{1 + len(drawn.faces[0])} faces confirmed."
