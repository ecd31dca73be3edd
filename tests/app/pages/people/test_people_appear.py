"""People come in while somebody works: no jump, no lost selection, no lost letter."""

from PySide6.QtCore import Qt

from engine.library import edits
from engine.library.clusters import Assignments, assign_faces
from engine.library.queries import people_names
from tests.app.conftest import opened_window
from tests.app.drawn import name_people
from tests.app.pages.people.hand import PeopleHand

Key = Qt.Key


def test_an_open_field_keeps_its_letters_and_its_place(window, drawn, qtbot, settle):
    hand = PeopleHand(window, qtbot, settle)
    hand.press(Key.Key_Tab)
    hand.type("B")
    field, place = hand.field, hand.field.geometry()
    # Bo's group becomes the smallest but one, and a new group appears.
    made = assign_faces(drawn.library, Assignments(groups=[drawn.faces[1][:4]])).people[0]
    settle()
    assert hand.people() == [*drawn.people, made]
    assert hand.field is field
    assert (field.text(), field.geometry()) == ("B", place)
    hand.type("o")
    hand.press(Key.Key_Return)
    assert people_names(drawn.library) == {drawn.people[1]: "Bo"}
    assert hand.people() == [drawn.people[1], drawn.people[0], drawn.people[2], made, drawn.people[3]]
    assert hand.page.naming.person == drawn.people[2], "the largest that was not passed over"


def test_who_was_next_is_next_also_where_a_larger_group_came_in_meanwhile(window, drawn, qtbot, settle):
    hand = PeopleHand(window, qtbot, settle)
    made = assign_faces(drawn.library, Assignments(groups=[drawn.faces[0][:7]])).people[0]
    settle()
    hand.type("Ada")
    hand.press(Key.Key_Return)
    assert hand.page.naming.person == drawn.people[1]
    assert hand.people().index(made) < hand.people().index(drawn.people[1]), "it is sorted in, and asked for later"


def test_the_selection_and_the_scroll_position_stay(context, drawn, qtbot, settle):
    name_people(drawn, "Bert", "Cleo", "Dora")
    with opened_window(context, qtbot) as window:
        window.resize(700, 420)
        hand = PeopleHand(window, qtbot, settle)
        hand.page.tools.zoom.setValue(8)
        hand.choose(drawn.people[1], drawn.people[2])
        bar = hand.grid.verticalScrollBar()
        bar.setValue(bar.maximum())
        person = drawn.people[3]
        where = hand.grid.visualRect(hand.model.index(hand.model.row_of(person)))
        assert where.intersects(hand.grid.viewport().rect())
        edits.name_person(drawn.library, drawn.people[2], "Anna")
        settle()
        assert hand.shown()[0] == "Anna"
        assert set(hand.grid.selected_ids()) == set(drawn.people[1:3])
        assert hand.grid.visualRect(hand.model.index(hand.model.row_of(person))).top() == where.top()


def test_a_person_who_goes_takes_the_open_field_along(window, drawn, qtbot, settle):
    hand = PeopleHand(window, qtbot, settle)
    edits.merge_people(drawn.library, drawn.people[1], [drawn.people[0]])
    settle()
    assert hand.page.naming.person is None
    assert drawn.people[0] not in hand.people()


def test_the_first_people_of_a_scan_are_offered(context, drawn, qtbot, settle, tmp_path):
    edits.merge_people(drawn.library, drawn.people[0], drawn.people[1:])
    edits.ignore_faces(drawn.library, [face for group in drawn.faces for face in group])
    with opened_window(context, qtbot) as window:
        hand = PeopleHand(window, qtbot, settle)
        assert hand.page.states.currentWidget() is hand.page.states.nobody
        edits.restore_faces(drawn.library, drawn.faces[0])
        made = assign_faces(drawn.library, Assignments(groups=[drawn.faces[0]])).people[0]
        settle()
        assert hand.page.states.currentWidget() is hand.grid
        assert hand.page.naming.person == made
