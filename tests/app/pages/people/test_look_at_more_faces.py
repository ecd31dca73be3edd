"""Space shows more faces of a person; while names are typed F3 does, and they follow."""

from PySide6.QtCore import Qt

Key = Qt.Key


def test_space_shows_and_the_arrows_go_on(hand, drawn):
    panel = hand.page.glimpse.panel
    hand.choose(drawn.people[0])
    hand.press(Key.Key_Space)
    assert panel.isVisible()
    assert panel.title.text() == "Ada · 9 faces · 9 photos"
    assert hand.grid.hasFocus()
    tile = hand.grid.visualRect(hand.grid.currentIndex())
    assert not panel.geometry().intersects(tile)
    assert hand.grid.rect().contains(panel.geometry())
    hand.press(Key.Key_Right)
    assert panel.title.text() == "Bo · 6 faces · 6 photos"
    hand.press(Key.Key_Escape)
    assert not panel.isVisible()
    assert hand.page.isVisible(), "Esc leaves the page where it is"


def test_space_again_puts_them_away(hand, drawn):
    hand.choose(drawn.people[0])
    hand.press(Key.Key_Space)
    hand.press(Key.Key_Space)
    assert not hand.page.glimpse.panel.isVisible()


def test_they_follow_from_name_to_name(hand, drawn):
    panel = hand.page.glimpse.panel
    hand.press(Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    hand.press(Key.Key_F3)
    assert panel.person == drawn.people[2]
    assert panel.isVisible()
    assert hand.field.isVisible(), "the field is still open"
    hand.type("Cleo")
    hand.press(Key.Key_Return)
    assert panel.title.text() == "Somebody without a name · 2 faces · 2 photos"
    hand.press(Key.Key_Escape)
    assert not panel.isVisible()
