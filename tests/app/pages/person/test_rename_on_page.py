"""A name on the person's page becomes a field."""

from PySide6.QtCore import Qt

from engine.library.queries import people_names
from tests.app.drawn import name_people

Key = Qt.Key


def test_a_click_on_the_name_and_enter_rename(open_person, drawn):
    name_people(drawn, "Ada", "Bo")
    hand = open_person(drawn.people[0])
    assert hand.grid.hasFocus()
    hand.click_on(hand.page.header.name)
    hand.type("Adele")
    hand.press(Key.Key_Return)
    assert people_names(drawn.library)[drawn.people[0]] == "Adele"
    assert hand.page.header.name.text() == "Adele"
    assert hand.page.accessibleName() == "Adele"
    assert hand.page.person == drawn.people[0], "a rename stays on the page"
    assert hand.grid.hasFocus()


def test_f2_and_esc_rename_nothing(open_person, drawn):
    name_people(drawn, "Ada")
    hand = open_person(drawn.people[0])
    hand.press(Key.Key_F2)
    assert hand.page.header.edit.hasFocus()
    assert hand.page.header.edit.selectedText() == "Ada"
    hand.type("Eve")
    hand.press(Key.Key_Escape)
    assert people_names(drawn.library)[drawn.people[0]] == "Ada"
    assert hand.page.header.name.isVisible()
    assert hand.page.isVisible()


def test_the_name_can_be_taken_away_and_is_asked_for_then(open_person, drawn, settle):
    name_people(drawn, "Ada")
    hand = open_person(drawn.people[0])
    hand.page.acts["unname"].trigger()
    settle()
    assert people_names(drawn.library) == {}
    assert hand.page.header.edit.isVisible()
    assert hand.page.header.edit.text() == ""


def test_a_long_name_leaves_the_tools_in_sight(open_person, window, drawn):
    whole = "Maria " * 30 + "& Sons"
    name_people(drawn, whole)
    hand = open_person(drawn.people[0])
    hand.click(hand.faces()[0])
    assert hand.page.header.name.text().endswith("…")
    assert whole in hand.page.header.name.toolTip()
    assert hand.page.accessibleName() == whole
    more = hand.page.header.more
    assert window.rect().contains(more.mapTo(window, more.rect().bottomRight()))
    assert window.width() <= 1180
