"""The history lists every step, says where one is, and goes back or forward to any of them."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.pages.history import HistoryPage
from app.pages.history_line import FACES
from app.shell.main_window import MainWindow
from app.widgets.entry_delegate import AT_END, FAINT
from engine.library import edits
from engine.library.library import Library
from engine.library.queries import people_rows
from engine.library.step_details import LINE_FACES
from tests.app.conftest import PLENTY_MS
from tests.app.drawn import DrawnLibrary

Settle = Callable[[], None]


@pytest.fixture
def page(window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle) -> HistoryPage:
    """The history of three namings, opened with its key."""
    for person, name in zip(drawn.people, ("Ada", "Ben", "Cleo"), strict=False):
        edits.name_person(drawn.library, person, name)
    window.context.operations.read_steps()
    settle()
    with qtbot.waitActive(window, timeout=PLENTY_MS):
        window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    made = window.page("history")
    assert isinstance(made, HistoryPage)
    qtbot.waitUntil(lambda: made.list.count() == 4, timeout=PLENTY_MS)
    return made


def names(library: Library) -> set[str]:
    return {row.name for row in people_rows(library) if row.name}


def here(page: HistoryPage) -> list[int]:
    """Return the rows that say that one is there."""
    return [row for row in range(page.list.count()) if "you are here" in str(page.list.item(row).data(AT_END))]


def faint(page: HistoryPage) -> list[int]:
    return [row for row in range(page.list.count()) if page.list.item(row).data(FAINT)]


def test_the_newest_step_is_first_and_one_is_there(page: HistoryPage, drawn: DrawnLibrary) -> None:
    named = [
        f"Named {name}: {len(faces)} faces" for name, faces in zip(("Ada", "Ben", "Cleo"), drawn.faces, strict=False)
    ]
    named.reverse()
    assert [page.list.item(row).text() for row in range(4)] == [*named, "Before the first of these"]
    assert [len(page.list.item(row).data(FACES)) for row in range(4)] == [LINE_FACES] * 3 + [0]
    assert here(page) == [0]
    assert faint(page) == []
    assert page.list.currentRow() == 0


def test_a_click_goes_back_several_steps(page: HistoryPage, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle) -> None:
    place = page.list.visualItemRect(page.list.item(2)).center()
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle()
    assert names(drawn.library) == {"Ada", "Ben", "Cleo"}, "it is asked first"
    assert page.bar.question.text() == "2 steps would be undone."
    assert page.bar.about.text() == "Name a person  ·  Ada  ·  9 faces"
    assert page.bar.faces.isVisible()
    qtbot.mouseClick(page.bar.go_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: names(drawn.library) == {"Ada"}, timeout=PLENTY_MS)
    settle()
    assert here(page) == [2]
    assert faint(page) == [0, 1]
    assert "undone" in page.list.item(0).data(AT_END)
    assert "undone" in page.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_enter_goes_to_the_beginning_and_forward_again(
    page: HistoryPage, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    qtbot.keyClick(page.list, Qt.Key.Key_End)
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert page.bar.go_button.hasFocus()
    assert page.bar.go_button.text() == "Go back to here"
    QTest.keyClick(page.bar.go_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not names(drawn.library), timeout=PLENTY_MS)
    settle()
    assert here(page) == [3]
    assert window.messages.text.text() == "3 steps undone."
    assert page.list.currentRow() == 3, "the line with the focus keeps it"
    qtbot.keyClick(page.list, Qt.Key.Key_Home)
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert page.bar.question.text() == "3 steps would be done again."
    QTest.keyClick(page.bar.go_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: names(drawn.library) == {"Ada", "Ben", "Cleo"}, timeout=PLENTY_MS)
    settle()
    assert here(page) == [0]
    assert window.messages.text.text() == "3 steps redone."


def test_undo_moves_the_mark(page: HistoryPage, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle) -> None:
    window = page.window()
    with qtbot.waitActive(window, timeout=PLENTY_MS):
        window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: names(drawn.library) == {"Ada", "Ben"}, timeout=PLENTY_MS)
    settle()
    assert here(page) == [1]
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: names(drawn.library) == {"Ada", "Ben", "Cleo"}, timeout=PLENTY_MS)
    settle()
    assert here(page) == [0]


def test_the_list_has_a_name_and_lines(page: HistoryPage) -> None:
    interface = QAccessible.queryAccessibleInterface(page.list)
    assert interface.text(QAccessible.Text.Name) == "History"
    assert interface.role() == QAccessible.Role.List
    assert interface.child(0).text(QAccessible.Text.Name).startswith("Named Cleo: 4 faces, you are here")


def test_a_history_without_steps_says_what_it_is_for(window: MainWindow, settle: Settle) -> None:
    window.context.navigator.go("history")
    settle()
    page = window.page("history")
    assert isinstance(page, HistoryPage)
    assert page.empty.isVisible()
    assert not page.list.isVisible()


def test_a_double_click_asks_once_and_says_what_was_done(
    page: HistoryPage, window: MainWindow, qtbot: QtBot, settle: Settle
) -> None:
    place = page.list.visualItemRect(page.list.item(1)).center()
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle()
    assert here(page) == [0]
    qtbot.mouseClick(page.bar.go_button, Qt.MouseButton.LeftButton)
    settle()
    assert here(page) == [1]
    settle()
    assert window.messages.text.text() == "“Named Cleo: 4 faces” was undone."


def test_one_step_alone_is_taken_back_and_that_can_be_undone(
    page: HistoryPage, drawn: DrawnLibrary, window: MainWindow, qtbot: QtBot, settle: Settle
) -> None:
    place = page.list.visualItemRect(page.list.item(2)).center()
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle()
    qtbot.mouseClick(page.bar.alone_button, Qt.MouseButton.LeftButton)
    settle()
    assert names(drawn.library) == {"Ben", "Cleo"}
    assert window.messages.text.text() == "“Named Ada: 9 faces” was undone."
    assert page.list.item(0).text() == "Undo alone: Named Ada: 9 faces"
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert names(drawn.library) == {"Ada", "Ben", "Cleo"}


def test_esc_leaves_the_question(page: HistoryPage, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle) -> None:
    qtbot.keyClick(page.list, Qt.Key.Key_End)
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    settle()
    qtbot.keyClick(page.bar.go_button, Qt.Key.Key_Escape)
    assert not page.bar.isVisible()
    assert page.list.hasFocus()
    assert names(drawn.library) == {"Ada", "Ben", "Cleo"}
