"""On a person's page the menu asks with whom they are one, and leads to whoever stays."""

from PySide6.QtCore import Qt

from app.merging.dialog import MergeDialog
from app.merging.with_whom import WithWhom
from tests.app.drawn import name_people

Key = Qt.Key


def test_whoever_stays_is_shown(open_person, window, drawn, settle):
    name_people(drawn, "Ada", "Bo")
    hand = open_person(drawn.people[1])
    hand.page.acts["merge"].trigger()
    settle()
    (asked,) = window.findChildren(WithWhom)
    assert asked.who.edit.hasFocus()
    hand.type("Ada")
    hand.press(Key.Key_Return)
    (dialog,) = window.findChildren(MergeDialog)
    hand.click_on(dialog.merge_button)
    assert hand.page.person == drawn.people[0]
    assert hand.page.header.name.text() == "Ada"
    assert len(hand.faces()) == 15
