"""A person dragged onto another: both are shown, and only then are they one."""

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from engine.library.answers import distinct_people
from engine.library.history import history
from engine.library.queries import people_names, people_rows
from tests.app.hand import LEFT, NONE
from tests.app.pages.people.hand import PeopleHand

Key, COPY = Qt.Key, Qt.DropAction.CopyAction


def drag(hand: PeopleHand, onto: int) -> bool:
    """Drag what is selected onto a person and let it fall; return whether the grid takes it."""
    view, place = hand.grid.viewport(), QPointF(hand.circle(onto))
    carried = hand.model.mimeData(hand.grid.selectedIndexes())
    QApplication.sendEvent(view, QDragEnterEvent(place.toPoint(), COPY, carried, LEFT, NONE))
    move = QDragMoveEvent(place.toPoint(), COPY, carried, LEFT, NONE)
    move.setDropAction(COPY)
    QApplication.sendEvent(view, move)
    if not move.isAccepted():
        QApplication.sendEvent(view, QDragLeaveEvent())
        return False
    drop = QDropEvent(place, COPY, carried, LEFT, NONE)
    QApplication.sendEvent(view, drop)
    hand.settle()
    return drop.isAccepted()


def test_one_onto_another(hand, drawn):
    hand.choose(drawn.people[2])
    assert drag(hand, drawn.people[0])
    assert len(people_rows(drawn.library)) == 4, "nothing has happened yet"
    dialog = hand.dialog()
    assert [side.name.text() for side in dialog.sides] == ["Ada", "Somebody without a name"]
    assert dialog.outcome.text().startswith("4 faces will move to Ada, who has 13 then.")
    assert "together in" in dialog.warning.text(), "they are seen in the same photos"
    hand.click_on(dialog.merge_button)
    assert people_rows(drawn.library, only=[drawn.people[0]])[0].faces == 13
    assert hand.shown() == ["Ada", "Bo", "Add a name"]
    assert hand.grid.selected_ids() == [drawn.people[0]]
    assert hand.said == "4 faces moved to Ada."


def test_several_onto_one_keep_the_only_name(hand, drawn):
    hand.choose(drawn.people[1], drawn.people[3])
    drag(hand, drawn.people[2])
    dialog = hand.dialog()
    assert len(dialog.sides) == 3
    assert not dialog.two_button.isVisible()
    hand.qtbot.keyClick(dialog, Key.Key_Return)
    hand.settle()
    assert people_names(drawn.library) == {drawn.people[0]: "Ada", drawn.people[1]: "Bo"}
    assert people_rows(drawn.library, only=[drawn.people[1]])[0].faces == 12


def test_cancel_leaves_everything(hand, drawn):
    steps = len(history(drawn.library))
    hand.choose(drawn.people[1])
    drag(hand, drawn.people[0])
    hand.qtbot.keyClick(hand.dialog(), Key.Key_Escape)
    hand.settle()
    assert len(history(drawn.library)) == steps
    assert hand.shown() == ["Ada", "Bo", "Add a name", "Add a name"]


def test_they_are_two_people(hand, drawn):
    hand.choose(drawn.people[1])
    drag(hand, drawn.people[0])
    hand.click_on(hand.dialog().two_button)
    assert distinct_people(drawn.library).tolist() == [drawn.people[:2]]
    assert hand.shown()[:2] == ["Ada", "Bo"]


def test_onto_themselves_is_refused(hand, drawn):
    hand.choose(drawn.people[1])
    assert not drag(hand, drawn.people[1])


def test_folders_go_to_the_window(hand, tmp_path):
    urls = QMimeData()
    urls.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    place = hand.grid.viewport().rect().center()
    enter = QDragEnterEvent(place, COPY, urls, LEFT, NONE)
    hand.grid.dragEnterEvent(enter)
    assert not enter.isAccepted()
    QApplication.sendEvent(hand.grid.viewport(), enter)
    assert enter.isAccepted()


def test_undo_makes_them_two_again(hand, drawn):
    hand.choose(drawn.people[1])
    drag(hand, drawn.people[0])
    hand.click_on(hand.dialog().merge_button)
    hand.press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert hand.shown() == ["Ada", "Bo", "Add a name", "Add a name"]
    assert {row.person: row.faces for row in people_rows(drawn.library)} == dict(
        zip(drawn.people, (9, 6, 4, 2), strict=True)
    )
