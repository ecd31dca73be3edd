"""Nobody's faces stand in groups; a heading becomes a field, and a name leads to the next group."""

from PySide6.QtCore import Qt

from engine.library.edits import ignore_faces
from engine.library.history import history, undo
from engine.library.queries import faces_by_id, people_names
from engine.library.states import Source
from tests.app.pages.unsorted.hand import scatter

Key = Qt.Key


def owners(library, faces):
    return {row.person for row in faces_by_id(library, faces).values()}


def test_faces_alike_stand_together_the_largest_group_first(open_unsorted, drawn):
    four, two, alone = scatter(drawn)
    hand = open_unsorted()
    assert hand.sections() == [("4 faces alike", 4), ("2 faces alike", 2), ("Like no other", 3)]
    assert set(hand.faces()[:4]) == set(four)
    assert set(hand.faces()[4:6]) == set(two)
    assert set(hand.faces()[6:]) == set(alone)
    assert hand.grid.hasFocus()


def test_a_new_name_then_a_known_one(open_unsorted, drawn):
    four, two, _alone = scatter(drawn)
    hand = open_unsorted()
    hand.click_on(hand.grid.viewport(), hand.question(0))
    assert hand.grid.field.hasFocus()
    hand.type("Cleo")
    hand.press(Key.Key_Return)
    (cleo,) = owners(drawn.library, four)
    assert people_names(drawn.library)[cleo] == "Cleo"
    assert {row.source for row in faces_by_id(drawn.library, four).values()} == {Source.USER}
    assert hand.sections() == [("2 faces alike", 2), ("Like no other", 3)]
    assert hand.grid.field.hasFocus(), "the next group is asked about at once"
    assert hand.grid.naming == 0
    hand.type("bo")
    hand.press(Key.Key_Return)
    assert owners(drawn.library, two) == {drawn.people[1]}
    assert hand.sections() == [("Like no other", 3)]
    assert hand.grid.hasFocus()
    assert not hand.grid.field.isVisible()


def test_undo_brings_a_group_back_to_its_place(open_unsorted, drawn, settle):
    scatter(drawn)
    hand = open_unsorted()
    before = hand.faces()
    hand.press(Key.Key_F2)
    assert hand.grid.naming == 0
    hand.type("Cleo")
    hand.press(Key.Key_Return)
    hand.press(Key.Key_Escape)
    undo(drawn.library)
    settle()
    assert hand.faces() == before
    assert hand.sections()[0] == ("4 faces alike", 4)


def test_tab_goes_on_without_a_name_and_esc_gives_up(open_unsorted, drawn):
    scatter(drawn)
    hand = open_unsorted()
    steps = len(history(drawn.library))
    hand.press(Key.Key_F2)
    hand.press(Key.Key_Tab)
    assert hand.grid.naming == 1
    hand.press(Key.Key_Backtab)
    assert hand.grid.naming == 0
    hand.type("Cl")
    hand.press(Key.Key_Escape)
    assert hand.grid.naming == -1
    assert hand.page.isVisible()
    assert len(history(drawn.library)) == steps


def test_a_name_that_was_typed_counts_when_the_user_goes_elsewhere(open_unsorted, window, drawn, settle):
    four, two, alone = scatter(drawn)
    hand = open_unsorted()
    hand.press(Key.Key_F2)
    hand.type("Cleo")
    hand.press(Key.Key_Tab)
    (cleo,) = owners(drawn.library, four)
    assert people_names(drawn.library)[cleo] == "Cleo"
    assert hand.grid.naming == 0, "the field went on to the group that is the first now"
    hand.type("Dora")
    window.context.navigator.go("people")
    settle()
    (dora,) = owners(drawn.library, two)
    assert people_names(drawn.library)[dora] == "Dora"
    assert owners(drawn.library, alone) == {None}
    assert not hand.grid.field.isVisible()


def test_an_open_field_survives_changes(open_unsorted, drawn, settle):
    _four, _two, alone = scatter(drawn)
    hand = open_unsorted()
    hand.press(Key.Key_F2)
    hand.type("Cl")
    ignore_faces(drawn.library, alone[:1])
    settle()
    assert hand.sections()[-1] == ("Like no other", 2)
    assert hand.grid.field.text() == "Cl"
    assert hand.grid.field.hasFocus()
