"""The page as a whole: what it says without people, what it reads, how it moves, what is read aloud."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel

from app.pages.people.merge_motion import move_together
from engine.library.folders import add_folder
from tests.app.conftest import PLENTY_MS, SCAN_MS, outcomes_of
from tests.app.hand import LEFT
from tests.app.pages.people.hand import PeopleHand


def test_a_library_without_people_offers_the_next_step(empty_window, qtbot, tmp_path, models_dir, monkeypatch):
    monkeypatch.setenv("KINFOLK_MODELS_DIR", str(models_dir))
    # With no folder at all the welcome is shown instead.
    (tmp_path / "Empty").mkdir()
    context = empty_window.context
    add_folder(context.library, tmp_path / "Empty")
    context.folders.read()
    context.navigator.go("people")
    page = empty_window.page("people")
    qtbot.waitUntil(page.states.nobody.isVisible, timeout=PLENTY_MS)
    qtbot.waitUntil(lambda: page.states.nobody.button.text() == "Scan your folders", timeout=PLENTY_MS)
    with qtbot.waitSignal(context.scanning.finished, timeout=PLENTY_MS):
        qtbot.mouseClick(page.states.nobody.button, LEFT)
        assert not page.states.nobody.button.isVisible(), "it is under way"
    assert empty_window.messages.text.text() == "No photos were found."
    said = page.states.nobody.sentence
    qtbot.waitUntil(lambda: said.text() == "No photos were found in your folders.", timeout=PLENTY_MS)


def test_photos_without_people_are_not_to_be_scanned_again(empty_window, qtbot, few_drawings, models_dir, monkeypatch):
    monkeypatch.setenv("KINFOLK_MODELS_DIR", str(models_dir))
    context = empty_window.context
    seen = outcomes_of(context)
    context.scanning.scan([few_drawings])
    qtbot.waitUntil(lambda: bool(seen), timeout=SCAN_MS)
    nobody = empty_window.page("people").states.nobody
    qtbot.waitUntil(lambda: nobody.sentence.text() == "Nobody was found in your photos.", timeout=PLENTY_MS)
    assert nobody.button.text() == "Add a folder…"


def test_an_error_is_said_where_it_happened_and_can_be_tried_again(hand, drawn):
    path, aside = drawn.library.path, drawn.library.path.with_suffix(".aside")
    path.rename(aside)
    path.mkdir()
    # Last, so that nothing that reads beside this test keeps a connection to the file that was there.
    drawn.library.close()
    hand.page.reading.read_everybody()
    hand.settle()
    states = hand.page.states
    assert states.currentWidget() is states.broken
    assert "cannot be opened" in states.broken.sentence.text()
    path.rmdir()
    aside.rename(path)
    hand.click_on(states.broken.button)
    assert states.currentWidget() is hand.grid
    assert hand.shown()[:2] == ["Ada", "Bo"]


def test_screen_readers_are_told_who_is_there(hand):
    grid = QAccessible.queryAccessibleInterface(hand.grid)
    assert grid.text(QAccessible.Text.Name) == "People"
    assert [grid.child(row).text(QAccessible.Text.Name) for row in range(4)] == [
        "Ada, 9 of 9 confirmed",
        "Bo, 6 of 6 confirmed",
        "Somebody without a name, 4 faces",
        "Somebody without a name, 2 faces",
    ]


def test_every_tool_has_a_name(hand):
    tools = hand.page.tools
    assert tools.search.accessibleName() == "Search names"
    assert tools.order.accessibleName() == "Order of people: By name"
    assert tools.zoom.accessibleName() == "Size of the faces"


def flyers(hand: PeopleHand) -> list[QLabel]:
    return hand.grid.viewport().findChildren(QLabel)


def test_merged_people_move_to_whom_they_are_now(hand, drawn):
    goal = hand.place(drawn.people[0])
    move_together(hand.grid, hand.model, drawn.people[:3], drawn.people[0])
    assert len(flyers(hand)) == 2
    assert not any(goal.contains(flyer.geometry().center()) for flyer in flyers(hand))
    hand.wait_until(lambda: not flyers(hand))


def test_letters_with_control_are_no_search(hand):
    hand.press(Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert hand.page.tools.search.text() == ""
