"""Two people of one name are two rows wherever names are offered, and one is asked which."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget

from app.names.name_edit import SOMEBODY_NEW, NameEdit
from engine.library.queries import faces_by_id, people_names
from tests.app.drawn import name_people
from tests.app.pages.person.hand import PersonHand

Key = Qt.Key


@pytest.fixture
def hand(window, drawn, qtbot, settle) -> PersonHand:
    """Two are called Ada; the page is that of somebody else, whose face is to be moved."""
    name_people(drawn, "Ada", "Ada", "Bo")
    made = PersonHand(window, qtbot, settle, drawn.people[2])
    made.click(drawn.faces[2][0])
    made.press(Key.Key_M)
    return made


def field(hand: PersonHand) -> NameEdit:
    return hand.page.faces.commands.move_bar.who.edit


def rows(hand: PersonHand) -> list[str]:
    (offers,) = [one for one in hand.window.findChildren(QListWidget) if one.accessibleName() == "Known names"]
    return [offers.item(row).text() for row in range(offers.count())]


def test_both_are_offered_with_what_tells_them_apart(hand, qtbot, settle):
    qtbot.keyClicks(field(hand), "Ad")
    settle()
    assert field(hand).offered == ["Ada", "Ada"]
    assert sorted(rows(hand)) == ["Ada  ·  6 faces", "Ada  ·  9 faces"], "the likelier one comes first"


def test_one_is_asked_which(hand, drawn, qtbot, settle):
    face = drawn.faces[2][0]
    qtbot.keyClicks(field(hand), "ada")
    qtbot.keyClick(field(hand), Key.Key_Return)
    settle()
    assert faces_by_id(drawn.library, [face])[face].person == drawn.people[2]
    assert field(hand).offered == ["Ada", "Ada", "Somebody new"]
    meant = drawn.people[0] if "9" in rows(hand)[1] else drawn.people[1]
    qtbot.keyClick(field(hand), Key.Key_Down)
    qtbot.keyClick(field(hand), Key.Key_Down)
    qtbot.keyClick(field(hand), Key.Key_Return)
    settle()
    assert faces_by_id(drawn.library, [face])[face].person == meant


def test_the_one_who_is_meant_may_be_a_third(hand, drawn, qtbot, settle):
    face = drawn.faces[2][0]
    qtbot.keyClicks(field(hand), "Ada")
    qtbot.keyClick(field(hand), Key.Key_Return)
    qtbot.keyClick(field(hand), Key.Key_Up)
    assert field(hand).chosen == SOMEBODY_NEW
    qtbot.keyClick(field(hand), Key.Key_Return)
    settle()
    owner = faces_by_id(drawn.library, [face])[face].person
    assert owner not in drawn.people
    assert people_names(drawn.library)[owner] == "Ada"
