"""A row of a table becomes an action of the page."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.widgets.actions import Actions, Row


class Deeds(Actions):
    def rows(self) -> tuple[Row, ...]:
        return (
            Row("name", "Name…", ("F2",), "Say who it is", targets=("face",)),
            Row("drop", "&Drop", ("Del", "N"), targets=("face", "group")),
            Row("boxes", "Show boxes", checkable=True),
            Row("pick", "", ("1",)),
            Row("merge", "Merge…", ("M",), targets=("group",), meaning="Merge the selected people"),
        )


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def page(window: QWidget) -> QWidget:
    """A part of the window with something to focus in it, and a field beside it."""
    made = QWidget()
    beside, inside = QHBoxLayout(window), QHBoxLayout(made)
    beside.addWidget(made)
    beside.addWidget(QLineEdit())
    inside.addWidget(QPushButton("inside"))
    return made


def test_actions_come_in_the_order_of_the_table_and_by_their_target(page: QWidget) -> None:
    deeds = Deeds(page)
    assert page.actions() == deeds.all()
    assert deeds.of("face") == [deeds["name"], deeds["drop"]]
    assert deeds.of("group") == [deeds["drop"], deeds["merge"]]
    assert deeds["name"].toolTip() == "Say who it is"
    assert deeds["boxes"].isCheckable()


def test_all_keys_are_listed_in_general_words(page: QWidget) -> None:
    deeds = Deeds(page)
    deeds["drop"].setText("Drop Ada")
    assert deeds.keys() == [("F2", "Name"), ("Del, N", "Drop"), ("M", "Merge the selected people")]


def test_what_is_bound_is_done_within_the_page_only(window: QWidget, page: QWidget, qtbot: QtBot) -> None:
    deeds, done = Deeds(page), list[str]()
    deeds.bind({"drop": lambda: done.append("drop"), "merge": lambda: done.append("merge")})
    inside, outside = window.findChild(QPushButton), window.findChild(QLineEdit)
    assert inside is not None
    assert outside is not None
    with qtbot.waitExposed(window):
        window.show()
    inside.setFocus()
    qtbot.keyClick(inside, Qt.Key.Key_N)
    qtbot.keyClick(inside, Qt.Key.Key_M)
    outside.setFocus()
    qtbot.keyClick(outside, Qt.Key.Key_N)
    assert done == ["drop", "merge"]


def test_what_is_not_possible_is_neither_seen_nor_done(page: QWidget) -> None:
    deeds, done = Deeds(page), list[str]()
    deeds.bind({"drop": lambda: done.append("drop")})
    deeds.offer("drop", possible=False)
    deeds["drop"].trigger()
    assert (deeds["drop"].isVisible(), done) == (False, [])
    deeds.offer("drop", possible=True)
    deeds["drop"].trigger()
    assert (deeds["drop"].isVisible(), done) == (True, ["drop"])
