"""A page is told of what is written while it is in sight, and of the rest when it catches up."""

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from app.pages.page import Page
from app.session.context import Context
from engine.library import edits
from engine.library.changes import Changes
from tests.app.drawn import DrawnLibrary


class Told(Page):
    """Notes what it is told."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Told")
        self.changes: list[Changes | None] = []

    def follow(self, changes: Changes | None) -> None:
        self.changes.append(changes)


@pytest.fixture
def stack(qtbot: QtBot) -> QStackedWidget:
    made = QStackedWidget()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_in_sight_a_page_is_told_of_every_write(
    context: Context, drawn: DrawnLibrary, stack: QStackedWidget, qtbot: QtBot
) -> None:
    page = Told(context)
    stack.addWidget(page)
    with qtbot.waitSignal(context.changed):
        edits.name_person(drawn.library, drawn.people[0], "Ada")
    assert [changes.people for changes in page.changes if changes] == [{drawn.people[0]}]
    context.changed_elsewhere.emit()
    assert page.changes[-1] is None
    page.catch_up()
    assert len(page.changes) == 2, "nothing was missed"


def test_what_is_missed_comes_as_one(
    context: Context, drawn: DrawnLibrary, stack: QStackedWidget, qtbot: QtBot
) -> None:
    page, other = Told(context), QWidget()
    stack.addWidget(page)
    stack.addWidget(other)
    stack.setCurrentWidget(other)
    context.changed.emit(Changes.of(people=[1]))
    context.changed.emit(Changes.of(photos=[2]))
    assert page.changes == []
    stack.setCurrentWidget(page)
    page.catch_up()
    page.catch_up()
    assert page.changes == [Changes.of(people=[1], photos=[2])]


def test_after_writes_of_another_process_anything_may_be_different(
    context: Context, stack: QStackedWidget, qtbot: QtBot
) -> None:
    page, other = Told(context), QWidget()
    stack.addWidget(page)
    stack.addWidget(other)
    stack.setCurrentWidget(other)
    context.changed_elsewhere.emit()
    context.changed.emit(Changes.of(people=[1]))
    page.catch_up()
    assert page.changes == [None]


def test_what_depends_on_being_seen_rests_meanwhile(context: Context, stack: QStackedWidget) -> None:
    page, other, done = Told(context), QWidget(), list[int]()
    stack.addWidget(page)
    stack.addWidget(other)
    context.told.connect(page.while_seen(lambda: done.append(1)))
    context.told.emit("seen")
    stack.setCurrentWidget(other)
    context.told.emit("not seen")
    assert done == [1]


def test_a_page_that_is_gone_is_told_nothing(context: Context, qapp: QApplication) -> None:
    page, done = Told(context), list[int]()
    context.told.connect(page.while_seen(lambda: done.append(1)))
    page.show()
    page.deleteLater()
    qapp.sendPostedEvents(page, QEvent.Type.DeferredDelete.value)
    context.told.emit("gone")
    context.changed.emit(Changes())
    assert (done, page.changes) == ([], [])
