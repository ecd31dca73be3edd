"""A group without a name is shown with whom it may be; a click, Tab or F4 takes it, in one step."""

import pytest
from PySide6.QtCore import Qt

from app.pages.people.model import PROPOSED
from engine.library.history import next_steps
from engine.library.queries import people_rows
from tests.app.drawn import DrawnLibrary, alter_faces, name_people
from tests.app.pages.people.hand import PeopleHand

Key = Qt.Key


@pytest.fixture
def group(drawn: DrawnLibrary) -> int:
    """Take three of Ada's nine faces from her, for a group of their own that somebody named before."""
    name_people(drawn, "Ada", "Bo")
    with drawn.library.write() as transaction:
        transaction.connection.exec_driver_sql("INSERT INTO people (id, hidden, created_at) VALUES (77, 0, 0)")
    alter_faces(drawn, drawn.faces[0][6:], "person_id = 77")
    return 77


@pytest.fixture
def hand(group: int, window, qtbot, settle) -> PeopleHand:
    made = PeopleHand(window, qtbot, settle)
    made.page.proposals.look()
    qtbot.waitUntil(lambda: made.page.model.proposed(group) is not None)
    return made


def faces_of(drawn: DrawnLibrary, person: int) -> int:
    return sum(row.faces for row in people_rows(drawn.library, only=[person]))


def test_a_click_on_the_name_takes_it(hand, drawn, group, qtbot, settle):
    index = hand.model.index(hand.model.row_of(group))
    assert index.data(PROPOSED) == "Ada"
    assert "perhaps Ada" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    place = hand.page.grid.delegate.chip_rect(hand.page.grid.visualRect(index), index)
    qtbot.mouseClick(hand.page.grid.viewport(), Qt.MouseButton.LeftButton, pos=place.center())
    settle()
    assert faces_of(drawn, drawn.people[0]) == 9
    assert next_steps(drawn.library).undo == "Merge 2 people"
    hand.page.context.operations.undo()
    settle()
    assert faces_of(drawn, group) == 3


def test_tab_in_the_empty_field_takes_it_and_goes_on(hand, drawn, group, qtbot, settle):
    hand.page.naming.begin(group)
    assert hand.page.naming.person == group
    qtbot.keyClick(hand.page.grid.indexWidget(hand.model.index(hand.model.row_of(group))), Key.Key_Tab)
    settle()
    assert faces_of(drawn, drawn.people[0]) == 9
    assert hand.page.naming.person not in (group, None)


def test_a_key_takes_it_and_the_menu_says_whose_it_is(hand, drawn, group, settle):
    hand.choose(group)
    assert hand.page.acts["take"].text() == "This is Ada"
    hand.press(Key.Key_F4)
    assert faces_of(drawn, drawn.people[0]) == 9
