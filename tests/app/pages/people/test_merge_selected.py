"""Several selected people are merged with a key; whose name stays is the user's choice."""

from PySide6.QtCore import Qt

from engine.library.answers import distinct_people
from engine.library.queries import people_names, people_rows
from tests.app.conftest import widget_named

Key = Qt.Key


def test_the_chosen_name_stays(hand, drawn):
    hand.choose(drawn.people[1], drawn.people[0])
    hand.press(Key.Key_M)
    dialog = hand.dialog()
    ada, bo = (widget_named(dialog, f"Keep the name {name}") for name in ("Ada", "Bo"))
    assert ada.isChecked(), "the one selected last is the one that stays"
    assert dialog.outcome.text() == "6 faces will move to Ada, who has 15 then."
    hand.click_on(bo)
    assert dialog.outcome.text() == "9 faces will move to Bo, who has 15 then."
    hand.click_on(dialog.merge_button)
    assert people_names(drawn.library) == {drawn.people[1]: "Bo"}
    assert people_rows(drawn.library, only=[drawn.people[1]])[0].faces == 15


def test_a_group_without_a_name_will_be_confirmed_and_that_is_said(hand, drawn):
    hand.choose(drawn.people[0], drawn.people[3])
    hand.press(Key.Key_M)
    dialog = hand.dialog()
    assert "The faces without a name will count as confirmed." in dialog.outcome.text()
    hand.qtbot.keyClick(dialog, Key.Key_Return)
    hand.settle()
    ada = people_rows(drawn.library, only=[drawn.people[0]])[0]
    assert (ada.faces, ada.confirmed) == (11, 11)


def test_with_one_person_m_is_a_letter(hand, drawn):
    hand.choose(drawn.people[0])
    hand.press(Key.Key_M)
    assert hand.page.tools.search.text() == "m"


def test_two_selected_people_can_be_told_apart_from_the_menu(hand, drawn):
    hand.choose(drawn.people[0], drawn.people[1])
    hand.page.acts["apart"].trigger()
    hand.settle()
    assert distinct_people(drawn.library).tolist() == [drawn.people[:2]]


def test_many_people_scroll_in_the_dialog(hand, drawn):
    hand.press(Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    hand.press(Key.Key_M)
    dialog = hand.dialog()
    assert len(dialog.sides) == 4
    assert dialog.height() < hand.window.height()
    hand.qtbot.keyClick(dialog, Key.Key_Escape)
    hand.settle()
