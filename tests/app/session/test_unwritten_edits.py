"""What could not be written is kept, and written by one press when what stood in the way has passed."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.shell.main_window import MainWindow
from engine.library.history import history
from engine.library.library import Library
from engine.library.queries import people_names
from engine.paths import Places
from tests.app.conftest import opened_context, opened_window
from tests.app.drawn import DrawnLibrary


@pytest.fixture
def hasty(dressed: QApplication, drawn: DrawnLibrary, tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window over a library that waits for no other writer."""
    with (
        Library(drawn.library.path, patience=0.05) as library,
        opened_context(Places(tmp_path / "data"), library) as context,
        opened_window(context, qtbot) as made,
    ):
        yield made


@pytest.fixture
def other_writer(drawn: DrawnLibrary) -> Iterator[sqlite3.Connection]:
    """Another program that writes the library, until it is told to roll back."""
    with closing(sqlite3.connect(drawn.library.path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield connection


def test_names_that_could_not_be_written_are_written_together(
    hasty: MainWindow, other_writer: sqlite3.Connection, drawn: DrawnLibrary, qtbot: QtBot
) -> None:
    operations, messages = hasty.context.operations, hasty.messages
    steps = len(history(drawn.library))
    for person, name in zip(drawn.people, ("Ada", "Bo"), strict=False):
        with qtbot.waitSignal(operations.unwritten):
            operations.name(person, name)
    assert messages.isVisible()
    assert messages.sign.isVisible()
    assert messages.button.text() == "Try again"
    assert not any(people_names(drawn.library).values())
    other_writer.execute("ROLLBACK")
    qtbot.mouseClick(messages.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: messages.text.text() == "Named Bo.")
    named = people_names(drawn.library)
    assert [named[person] for person in drawn.people[:2]] == ["Ada", "Bo"]
    assert len(history(drawn.library)) == steps + 2
    operations.try_again()
    hasty.context.edits.caught_up()()
    assert len(history(drawn.library)) == steps + 2, "nothing is written twice"


def name_and_be_offered(window: MainWindow, qtbot: QtBot, person: int, name: str) -> None:
    with qtbot.waitSignal(window.context.operations.unwritten):
        window.context.operations.name(person, name)


def test_what_is_written_meanwhile_takes_no_other_edit_away(
    hasty: MainWindow, other_writer: sqlite3.Connection, drawn: DrawnLibrary, qtbot: QtBot
) -> None:
    operations, messages = hasty.context.operations, hasty.messages
    name_and_be_offered(hasty, qtbot, drawn.people[0], "Ada")
    other_writer.execute("ROLLBACK")
    name_and_be_offered(hasty, qtbot, drawn.people[1], "Bo")  # written, and then what is kept is offered again
    assert people_names(drawn.library) == {drawn.people[1]: "Bo"}
    assert messages.button.text() == "Try again"
    with qtbot.waitSignal(operations.said):
        qtbot.mouseClick(messages.button, Qt.MouseButton.LeftButton)
    assert people_names(drawn.library) == {drawn.people[0]: "Ada", drawn.people[1]: "Bo"}


def test_whoever_closes_the_message_does_not_want_the_edit(
    hasty: MainWindow, other_writer: sqlite3.Connection, drawn: DrawnLibrary, qtbot: QtBot
) -> None:
    operations, messages = hasty.context.operations, hasty.messages
    name_and_be_offered(hasty, qtbot, drawn.people[0], "Ada")
    qtbot.mouseClick(messages.close_button, Qt.MouseButton.LeftButton)
    other_writer.execute("ROLLBACK")
    with qtbot.waitSignal(operations.said):
        operations.name(drawn.people[1], "Bo")
    assert messages.button.text() == "Undo"
    operations.try_again()
    hasty.context.edits.caught_up()()
    assert people_names(drawn.library) == {drawn.people[1]: "Bo"}


def test_what_never_can_be_written_is_not_offered_again(hasty: MainWindow, drawn: DrawnLibrary, qtbot: QtBot) -> None:
    with qtbot.waitSignal(hasty.context.failed):
        hasty.context.operations.name(99_999, "Nobody")
    assert hasty.messages.isVisible()
    assert not hasty.messages.button.isVisible()
