"""Every problem has remedies, and each does what its button says."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from app.merging.dialog import MergeDialog
from app.pages.problems.problem import ProblemKind
from app.shell.main_window import MainWindow
from engine.library.clusters import Assignments, assign_faces
from engine.library.indexing import Problem as Unreadable
from engine.library.indexing import store_problems
from engine.library.queries import face_rows, folder_rows, people_names, photos_by_id
from engine.library.states import SPOKEN, PhotoState
from tests.app.conftest import PLENTY_MS, SCAN_MS, outcomes_of
from tests.app.drawn import DrawnLibrary, name_people
from tests.app.pages.problems.hand import ProblemsHand

Key, Open = Qt.Key, Callable[[], ProblemsHand]


@pytest.mark.usefixtures("with_models")
def test_a_file_that_is_whole_again_is_read(open_problems: Open, drawn: DrawnLibrary, window: MainWindow) -> None:
    store_problems(drawn.library, [Unreadable(drawn.photos[0], "The file ends early.", 1, 1, None)])
    hand = open_problems()
    hand.choose(ProblemKind.UNREADABLE)
    seen = outcomes_of(window.context)
    hand.strike(Key.Key_T)
    hand.wait_until(lambda: seen, SCAN_MS)
    assert photos_by_id(drawn.library, drawn.photos[:1])[drawn.photos[0]].state is PhotoState.SCANNED
    hand.wait_until_mended(ProblemKind.UNREADABLE)


@pytest.mark.usefixtures("with_models")
def test_a_folder_is_told_where_it_is_now(
    open_problems: Open, drawn: DrawnLibrary, window: MainWindow, qtbot: QtBot
) -> None:
    moved = drawn.folder.rename(drawn.folder.with_name("Elsewhere"))
    window.context.folders.read()
    hand = open_problems()
    hand.choose(ProblemKind.AWAY)
    seen = outcomes_of(window.context)

    def choose() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        name = dialog.findChild(QLineEdit)
        assert name is not None
        name.setText(str(moved))
        qtbot.keyClick(name, Key.Key_Return)

    QTimer.singleShot(0, choose)
    hand.page.acts["place"].trigger()
    hand.wait_until(lambda: seen, SCAN_MS)
    assert [Path(row.path) for row in folder_rows(drawn.library)] == [moved]
    assert seen[0].summary.photos.unchanged == len(drawn.photos)
    hand.wait_until_mended(ProblemKind.AWAY)


@pytest.fixture
def two_in_one(drawn: DrawnLibrary) -> DrawnLibrary:
    """The machine has given six faces of somebody else to Ada."""
    name_people(drawn, "Ada")
    assign_faces(drawn.library, Assignments(moves=dict.fromkeys(drawn.faces[1], drawn.people[0])))
    return drawn


def test_two_in_one_are_split(open_problems: Open, two_in_one: DrawnLibrary) -> None:
    hand = open_problems()
    hand.choose(ProblemKind.TWO_IN_ONE)
    assert set(hand.problem.faces) == set(two_in_one.faces[1])
    hand.answer(Key.Key_S)
    owners = {row.face: row.person for row in face_rows(two_in_one.library)}
    (own,) = {owners[face] for face in two_in_one.faces[1]}
    assert own not in (None, two_in_one.people[0])
    assert {owners[face] for face in two_in_one.faces[0]} == {two_in_one.people[0]}


def test_two_in_one_may_be_one(open_problems: Open, two_in_one: DrawnLibrary) -> None:
    hand = open_problems()
    hand.choose(ProblemKind.TWO_IN_ONE)
    hand.answer(Key.Key_Y)
    rows = {row.face: row for row in face_rows(two_in_one.library)}
    assert {rows[face].person for face in two_in_one.faces[1]} == {two_in_one.people[0]}
    assert all(rows[face].source in SPOKEN for face in two_in_one.faces[1])


def test_namesakes_are_merged_after_both_were_shown(open_problems: Open, drawn: DrawnLibrary, qtbot: QtBot) -> None:
    name_people(drawn, "Ada", "Bo", "ada")
    hand = open_problems()
    hand.choose(ProblemKind.NAMESAKES)
    hand.strike(Key.Key_M)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), MergeDialog), timeout=PLENTY_MS)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, MergeDialog)
    assert len(dialog.sides) == 2
    hand.click_on(dialog.merge_button)
    assert sorted(people_names(drawn.library).values(), key=str.casefold) in (["Ada", "Bo"], ["ada", "Bo"])
    hand.wait_until_mended(ProblemKind.NAMESAKES)
