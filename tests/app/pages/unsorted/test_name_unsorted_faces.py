"""A name for some of nobody's faces, typed at the foot of the page."""

from PySide6.QtCore import Qt

from engine.library.queries import faces_by_id, people_names
from tests.app.hand import CTRL
from tests.app.pages.unsorted.hand import scatter

Key = Qt.Key


def owners(library, faces):
    return {row.person for row in faces_by_id(library, faces).values()}


def test_a_selection_gets_a_known_name(open_unsorted, drawn):
    _four, _two, alone = scatter(drawn)
    hand = open_unsorted()
    assert not hand.page.bar.isVisible()
    hand.choose(*alone[:2])
    assert hand.page.bar.count.text() == "2 faces"
    hand.press(Key.Key_F2)
    assert hand.page.commands.who.edit.hasFocus()
    hand.type("Ada")
    hand.press(Key.Key_Return)
    assert owners(drawn.library, alone[:2]) == {drawn.people[0]}
    assert not set(alone[:2]) & set(hand.faces())
    assert not hand.page.bar.isVisible()
    assert hand.grid.hasFocus()


def test_a_selection_becomes_somebody_new(open_unsorted, drawn):
    _four, _two, alone = scatter(drawn)
    hand = open_unsorted()
    chosen = alone[:2]
    hand.choose(*chosen)
    hand.click_on(hand.page.commands.who.edit)
    hand.type("Emil")
    hand.press(Key.Key_Return)
    (person,) = owners(drawn.library, chosen)
    assert people_names(drawn.library)[person] == "Emil"
    assert hand.sections()[:2] == [("4 faces alike", 4), ("2 faces alike", 2)], "groups keep their places"


def test_a_click_on_a_heading_selects_the_group(open_unsorted, drawn):
    four, two, _alone = scatter(drawn)
    hand = open_unsorted()
    hand.click_on(hand.grid.viewport(), hand.head(1))
    assert set(hand.grid.selected_ids()) == set(two)
    hand.press(Key.Key_Home)
    hand.press(Key.Key_G)
    assert set(hand.grid.selected_ids()) == set(four)
    hand.press(Key.Key_A, CTRL)
    assert hand.page.bar.count.text() == "9 faces"


def test_a_number_picks_a_likely_person(open_unsorted, drawn):
    _four, _two, alone = scatter(drawn)
    hand = open_unsorted()
    hand.choose(*alone[:2])
    hand.press(Key.Key_F2)
    likely = hand.page.commands.who.chips.shown
    assert sorted(likely) == sorted(drawn.people[:2])
    hand.press(Key.Key_1)
    assert owners(drawn.library, alone[:2]) == {likely[0]}
