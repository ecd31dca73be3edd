"""Who is this? A name, Enter, and the next largest person without one."""

from PySide6.QtCore import Qt

from engine.library.edits import reject_faces
from engine.library.queries import people_names, people_rows
from tests.app.drawn import name_people

Key = Qt.Key


def test_the_field_has_the_focus_and_enter_leads_to_the_next(open_person, drawn):
    hand = open_person(drawn.people[1])
    hand.type("Bo")
    hand.press(Key.Key_Return)
    assert people_names(drawn.library) == {drawn.people[1]: "Bo"}
    assert hand.page.person == drawn.people[0], "the largest of the others without a name"
    hand.type("Ada")
    hand.press(Key.Key_Return)
    assert hand.page.person == drawn.people[2]
    row = people_rows(drawn.library, only=drawn.people[:1])[0]
    assert row.confirmed == row.faces == 9


def test_after_the_last_one_the_way_leads_back(open_person, drawn):
    name_people(drawn, "Ada", "Bo", "Cleo")
    hand = open_person(drawn.people[3])
    hand.type("Dora")
    hand.press(Key.Key_Return)
    assert len(people_names(drawn.library)) == 4
    assert hand.here.page == "people"


def test_esc_leaves_the_field_for_the_faces_then_the_page(open_person, drawn):
    hand = open_person(drawn.people[0])
    hand.type("Ad")
    hand.press(Key.Key_Escape)
    assert hand.grid.hasFocus()
    assert people_names(drawn.library) == {}
    assert hand.page.header.edit.isVisible()
    hand.press(Key.Key_Escape)
    assert hand.here.page == "people"


def test_letters_typed_there_are_no_commands(open_person, drawn):
    hand = open_person(drawn.people[0])
    hand.type("Hymn is")
    assert hand.page.header.edit.text() == "Hymn is"
    assert not people_rows(drawn.library, only=drawn.people[:1])[0].hidden


def test_what_is_typed_survives_changes_from_elsewhere(open_person, drawn, settle):
    hand = open_person(drawn.people[0])
    hand.type("Ad")
    reject_faces(drawn.library, drawn.people[0], drawn.faces[0][:2])
    settle()
    assert len(hand.faces()) == 7
    assert hand.page.header.edit.text() == "Ad"
    assert hand.page.header.edit.hasFocus()
