"""What can be done with people is in a menu, by mouse and by key, and says what it is about."""

from PySide6.QtCore import Qt

from tests.app.menus import close_menus, menu_in_sight, press_menu_key, right_click, texts_of

Key = Qt.Key


def test_by_mouse_on_a_named_person(hand, drawn):
    hand.choose(drawn.people[0])
    right_click(hand.qtbot, hand.grid.viewport(), hand.circle(drawn.people[0]))
    assert texts_of(menu_in_sight()) == ["Open", "Rename", "More faces", "Merge with…", "Hide", "Copy the files"]
    close_menus(hand.qtbot)
    hand.settle()


def test_by_key_on_somebody_without_a_name(hand, drawn):
    hand.choose(drawn.people[2])
    press_menu_key()
    assert texts_of(menu_in_sight()) == ["Open", "Who is this?", "More faces", "Merge with…", "Hide", "Copy the files"]
    hand.qtbot.keyClick(menu_in_sight(), Key.Key_Down)
    hand.qtbot.keyClick(menu_in_sight(), Key.Key_Down)
    hand.qtbot.keyClick(menu_in_sight(), Key.Key_Return)
    hand.settle()
    assert hand.page.naming.person == drawn.people[2]


def test_on_several_people(hand, drawn):
    hand.choose(drawn.people[0], drawn.people[1], drawn.people[2])
    press_menu_key()
    assert texts_of(menu_in_sight()) == ["Merge…", "Hide 3 people", "Copy the files"]
    close_menus(hand.qtbot)
    hand.settle()


def test_the_keys_of_the_page_are_listed(hand):
    keys = dict(hand.page.keys())
    assert {"F2", "M", "Ctrl++, Ctrl+=", "Ctrl+N"} <= set(keys)
    assert all(keys.values())
