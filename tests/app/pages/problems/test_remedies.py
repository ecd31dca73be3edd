"""Every problem has remedies, and each does what its button says."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from app.merging.dialog import MergeDialog
from app.pages.problems.page import ProblemsPage
from app.pages.problems.problem import Problem, ProblemKind
from app.shell.main_window import MainWindow
from engine.library.clusters import Assignments, assign_faces
from engine.library.indexing import Problem as Unreadable
from engine.library.indexing import store_problems
from engine.library.queries import face_rows, folder_rows, people_names, photos_by_id
from engine.library.states import SPOKEN, PhotoState
from tests.app.conftest import PLENTY_MS, SCAN_MS, outcomes_of
from tests.app.drawn import DrawnLibrary, name_people

Key, Settle = Qt.Key, Callable[[], None]


def opened_at(window: MainWindow, kind: ProblemKind, qtbot: QtBot, settle: Settle) -> ProblemsPage:
    """Open the page and choose the first problem of a kind."""
    with qtbot.waitActive(window, timeout=PLENTY_MS):
        window.come_forward()
    window.context.navigator.go("problems")
    page = window.page("problems")
    assert isinstance(page, ProblemsPage)
    qtbot.waitUntil(lambda: bool(page.list.tree.problems(kind)), timeout=PLENTY_MS)
    settle()
    first: Problem = page.list.tree.problems(kind)[0]
    page.list.setCurrentIndex(page.list.tree.index_of(first.key))
    settle()
    return page


@pytest.mark.usefixtures("with_models")
def test_a_file_that_is_whole_again_is_read(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    store_problems(drawn.library, [Unreadable(drawn.photos[0], "The file ends early.", 1, 1, None)])
    page = opened_at(window, ProblemKind.UNREADABLE, qtbot, settle)
    seen = outcomes_of(window.context)
    qtbot.keyClick(page.list, Key.Key_T)
    qtbot.waitUntil(lambda: bool(seen), timeout=SCAN_MS)
    assert photos_by_id(drawn.library, drawn.photos[:1])[drawn.photos[0]].state is PhotoState.SCANNED
    qtbot.waitUntil(lambda: not page.list.tree.problems(ProblemKind.UNREADABLE), timeout=PLENTY_MS)


@pytest.mark.usefixtures("with_models")
def test_a_folder_is_told_where_it_is_now(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    moved = drawn.folder.rename(drawn.folder.with_name("Elsewhere"))
    window.context.folders.look()
    page = opened_at(window, ProblemKind.AWAY, qtbot, settle)
    seen = outcomes_of(window.context)

    def choose() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        name = dialog.findChild(QLineEdit)
        assert name is not None
        name.setText(str(moved))
        qtbot.keyClick(name, Key.Key_Return)

    QTimer.singleShot(0, choose)
    page.remedies.place.trigger()
    qtbot.waitUntil(lambda: bool(seen), timeout=SCAN_MS)
    assert [Path(row.path) for row in folder_rows(drawn.library)] == [moved]
    assert seen[0].summary.photos.unchanged == len(drawn.photos)
    qtbot.waitUntil(lambda: not page.list.tree.problems(ProblemKind.AWAY), timeout=PLENTY_MS)


@pytest.fixture
def two_in_one(drawn: DrawnLibrary) -> DrawnLibrary:
    """The machine has given six faces of somebody else to Ada."""
    name_people(drawn, "Ada")
    assign_faces(drawn.library, Assignments(moves=dict.fromkeys(drawn.faces[1], drawn.people[0])))
    return drawn


def test_two_in_one_are_split(window: MainWindow, two_in_one: DrawnLibrary, qtbot: QtBot, settle: Settle) -> None:
    page = opened_at(window, ProblemKind.TWO_IN_ONE, qtbot, settle)
    assert page._shown is not None
    assert set(page._shown.faces) == set(two_in_one.faces[1])
    qtbot.keyClick(page.list, Key.Key_S)
    settle()
    owners = {row.face: row.person for row in face_rows(two_in_one.library)}
    (own,) = {owners[face] for face in two_in_one.faces[1]}
    assert own not in (None, two_in_one.people[0])
    assert {owners[face] for face in two_in_one.faces[0]} == {two_in_one.people[0]}


def test_two_in_one_may_be_one(window: MainWindow, two_in_one: DrawnLibrary, qtbot: QtBot, settle: Settle) -> None:
    page = opened_at(window, ProblemKind.TWO_IN_ONE, qtbot, settle)
    qtbot.keyClick(page.list, Key.Key_Y)
    settle()
    rows = {row.face: row for row in face_rows(two_in_one.library)}
    assert {rows[face].person for face in two_in_one.faces[1]} == {two_in_one.people[0]}
    assert all(rows[face].source in SPOKEN for face in two_in_one.faces[1])


def test_namesakes_are_merged_after_both_were_shown(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    name_people(drawn, "Ada", "Bo", "ada")
    page = opened_at(window, ProblemKind.NAMESAKES, qtbot, settle)
    qtbot.keyClick(page.list, Key.Key_M)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), MergeDialog), timeout=PLENTY_MS)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, MergeDialog)
    assert len(dialog.sides) == 2
    qtbot.mouseClick(dialog.merge_button, Qt.MouseButton.LeftButton)
    settle()
    assert sorted(people_names(drawn.library).values(), key=str.casefold) in (["Ada", "Bo"], ["ada", "Bo"])
    qtbot.waitUntil(lambda: not page.list.tree.problems(ProblemKind.NAMESAKES), timeout=PLENTY_MS)
