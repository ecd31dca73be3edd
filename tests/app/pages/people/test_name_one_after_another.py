"""First run: the largest group is offered; type a name, Enter, and the next one is offered."""

from PySide6.QtCore import Qt

from engine.library.queries import people_names, people_rows
from tests.app.drawn import name_people
from tests.app.hand import CTRL
from tests.app.pages.people.hand import PeopleHand

Key = Qt.Key
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier


def test_two_names_take_two_enters(window, drawn, qtbot, settle):
    hand = PeopleHand(window, qtbot, settle)
    assert hand.page.naming.person == drawn.people[0], "the largest group is offered at once"
    hand.type("Ada")
    hand.press(Key.Key_Return)
    assert hand.page.naming.person == drawn.people[1]
    hand.type("Bo")
    hand.press(Key.Key_Return)
    assert people_names(drawn.library) == {drawn.people[0]: "Ada", drawn.people[1]: "Bo"}
    assert hand.shown() == ["Ada", "Bo", "Add a name", "Add a name"]
    assert hand.page.naming.person == drawn.people[2]
    assert hand.page.tools.tally.text() == "2 of 4 named"
    ada = people_rows(drawn.library, only=[drawn.people[0]])[0]
    assert ada.confirmed == ada.faces == 9


def test_tab_skips_and_goes_back(window, drawn, qtbot, settle):
    hand = PeopleHand(window, qtbot, settle)
    hand.press(Key.Key_Tab)
    assert hand.page.naming.person == drawn.people[1]
    hand.type("Bo")
    hand.press(Key.Key_Tab)
    assert hand.page.naming.person == drawn.people[2]
    hand.press(Key.Key_Backtab)
    assert hand.page.naming.person == drawn.people[1]
    assert hand.field.text() == "Bo"
    hand.press(Key.Key_Backtab)
    assert hand.page.naming.person == drawn.people[0]
    assert people_names(drawn.library) == {drawn.people[1]: "Bo"}


def test_after_the_last_one_the_grid_has_the_keys(window, drawn, qtbot, settle):
    hand = PeopleHand(window, qtbot, settle)
    for name in ("Ada", "Bo", "Cleo", "Dora"):
        hand.type(name)
        hand.press(Key.Key_Return)
    assert hand.page.naming.person is None
    assert hand.grid.hasFocus()
    assert hand.shown() == ["Ada", "Bo", "Cleo", "Dora"]
    assert hand.page.tools.tally.text() == "4 of 4 named"


def test_esc_stops_and_nothing_is_named(window, drawn, qtbot, settle):
    hand = PeopleHand(window, qtbot, settle)
    hand.type("Ad")
    hand.press(Key.Key_Escape)
    assert hand.page.naming.person is None
    assert hand.grid.hasFocus()
    assert people_names(drawn.library) == {}
    assert hand.shown() == ["Add a name"] * 4


def test_enter_in_an_empty_field_stops(window, drawn, qtbot, settle):
    hand = PeopleHand(window, qtbot, settle)
    hand.press(Key.Key_Return)
    assert hand.page.naming.person is None
    assert people_names(drawn.library) == {}


def test_one_who_starts_further_down_goes_on_from_there(window, drawn, qtbot, settle):
    hand = PeopleHand(window, qtbot, settle)
    hand.press(Key.Key_Escape)
    hand.click(hand.title(drawn.people[2]))
    assert hand.page.naming.person == drawn.people[2]
    hand.type("Cleo")
    hand.press(Key.Key_Return)
    assert hand.page.naming.person == drawn.people[3]


def test_a_key_asks_for_the_largest_group(window, drawn, qtbot, settle):
    hand = PeopleHand(window, qtbot, settle)
    hand.press(Key.Key_Escape)
    hand.press(Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert hand.page.naming.person == drawn.people[0]


def test_nobody_is_asked_for_where_somebody_has_a_name(context, drawn, qtbot, settle):
    from tests.app.conftest import opened_window

    name_people(drawn, "Ada")
    with opened_window(context, qtbot) as window:
        hand = PeopleHand(window, qtbot, settle)
        assert hand.page.naming.person is None
        assert hand.grid.hasFocus()


def test_one_undo_takes_one_name_back(window, drawn, qtbot, settle):
    hand = PeopleHand(window, qtbot, settle)
    hand.type("Ada")
    hand.press(Key.Key_Return)
    hand.press(Key.Key_Escape)
    hand.press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert people_names(drawn.library) == {}
    assert hand.shown() == ["Add a name"] * 4
    assert people_rows(drawn.library, only=[drawn.people[0]])[0].confirmed == 0


def test_in_the_field_undo_and_redo_are_of_what_is_typed_and_else_of_what_was_said(window, drawn, qtbot, settle):
    hand = PeopleHand(window, qtbot, settle)
    first = drawn.people[0]
    hand.type("Ada")
    hand.press(Key.Key_Return)
    hand.type("B")
    hand.press(Key.Key_Z, CTRL)
    assert hand.field.text() == ""
    assert people_names(drawn.library) == {first: "Ada"}, "the letter is taken back first"
    hand.press(Key.Key_Z, CTRL)
    assert people_names(drawn.library) == {}
    hand.press(Key.Key_Z, CTRL_SHIFT)
    assert hand.field.text() == "B", "it is typed again first"
