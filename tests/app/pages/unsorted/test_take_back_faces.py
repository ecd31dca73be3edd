"""Faces that are set aside are listed and can be taken back."""

from PySide6.QtCore import Qt

from engine.library.queries import counts, faces_by_id
from tests.app.pages.unsorted.hand import scatter

Key = Qt.Key


def test_aside_and_back(open_unsorted, drawn):
    _four, _two, alone = scatter(drawn)
    hand = open_unsorted()
    assert not hand.page.listed.isVisible()
    hand.choose(*alone[:2])
    hand.press(Key.Key_I)
    assert counts(drawn.library).ignored == 2
    assert hand.page.listed.text() == "Set aside (2)"
    hand.click_on(hand.page.listed)
    assert sorted(hand.faces()) == sorted(alone[:2])
    assert hand.spoken(alone[0]).startswith("Set aside")
    assert hand.page.title.text() == "Set aside"
    hand.click(alone[0])
    assert not hand.page.acts["aside"].isVisible()
    hand.press(Key.Key_R)
    assert not faces_by_id(drawn.library, alone)[alone[0]].ignored
    assert hand.faces() == [alone[1]]
    hand.press(Key.Key_Escape)
    assert hand.page.isVisible()
    assert alone[0] in hand.faces()
    assert alone[1] not in hand.faces()


def test_an_empty_list_says_what_it_is_for(open_unsorted, drawn, settle):
    _four, _two, alone = scatter(drawn)
    hand = open_unsorted()
    hand.click(alone[0])
    hand.press(Key.Key_Delete)
    hand.page.acts["listed"].trigger()
    settle()
    hand.click(alone[0])
    hand.click_button(hand.page.bar, "Take back")
    assert hand.page.empty.isVisible()
    assert hand.page.empty.headline.text() == "Nothing is set aside"
