"""Everyone unnamed in a photo, an event or a folder is set aside in one gesture that says how many first."""

from PySide6.QtCore import Qt

from engine.library.history import history, undo
from engine.library.queries import counts, faces_by_id, unnamed_faces
from tests.app.drawn import alter_faces
from tests.app.menus import menu_in_sight, right_click
from tests.app.pages.unsorted.hand import scatter

Key = Qt.Key


def aim(hand, face):
    """Open the menu of the button at a face."""
    hand.click(face)
    hand.press(Key.Key_E)
    menu = hand.page.commands.menu
    assert menu.isVisible()
    return menu


def test_the_photo_by_menu_button(open_unsorted, drawn, qtbot, settle):
    four, _two, _alone = scatter(drawn)
    hand = open_unsorted()
    photo = faces_by_id(drawn.library, four[:1])[four[0]].photo_id
    meant = unnamed_faces(drawn.library, photo_ids=[photo])
    menu = aim(hand, four[0])
    assert menu.in_photo.text() == f"In this photo  ·  {len(meant)} faces"
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(menu.in_photo).center())
    settle()
    assert {row.ignored for row in faces_by_id(drawn.library, meant).values()} == {True}
    assert counts(drawn.library).ignored == len(meant)
    assert f"{len(meant)} faces set aside" in hand.said
    undo(drawn.library)
    settle()
    assert counts(drawn.library).ignored == 0


def test_the_folder_by_context_menu_is_one_step(open_unsorted, drawn, settle):
    four, two, alone = scatter(drawn)
    hand = open_unsorted()
    hand.click(four[0])
    before = len(history(drawn.library))
    right_click(hand.qtbot, hand.grid.viewport(), hand.place(four[0]).center())
    settle()
    menu = menu_in_sight()
    strangers = hand.page.commands.menu
    assert strangers.menuAction() in menu.actions()
    assert strangers.in_folder.text() == "In the folder Holiday  ·  9 faces"
    strangers.in_folder.trigger()
    menu.close()
    settle()
    assert {row.ignored for row in faces_by_id(drawn.library, [*four, *two, *alone]).values()} == {True}
    assert len(history(drawn.library)) == before + 1
    assert hand.page.empty.isVisible()
    assert hand.page.empty.headline.text() == "Everybody is sorted"


def test_an_event_is_what_was_taken_together(open_unsorted, drawn):
    four, _two, _alone = scatter(drawn)
    hand = open_unsorted()
    menu = aim(hand, four[0])
    photo = faces_by_id(drawn.library, four[:1])[four[0]].photo_id
    meant = unnamed_faces(drawn.library, photo_ids=[photo])
    assert menu.in_event.text() == f"In this event  ·  {len(meant)} faces", "the drawn photos lie a week apart"
    menu.hide()


def test_what_is_hard_to_recognise_stands_last_and_goes_by_its_heading(open_unsorted, drawn):
    *_, alone = scatter(drawn)
    alter_faces(drawn, alone[1:], "quality = 0.2")
    hand = open_unsorted()
    assert hand.sections()[-2:] == [("Like no other", 1), ("Hard to recognise", 2)]
    hand.click_on(hand.grid.viewport(), hand.head(len(hand.sections()) - 1))
    hand.press(Key.Key_X)
    assert hand.sections()[-1] == ("Like no other", 1)
    assert counts(drawn.library).ignored == 2
