"""What is wrong is listed with its reason, and each line has a remedy."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.pages.problems.page import ProblemsPage
from app.pages.problems.problem import ProblemKind
from app.shell.main_window import MainWindow
from engine.library import edits
from engine.library.answers import distinct_people
from engine.library.indexing import Problem as Unreadable
from engine.library.indexing import store_problems
from engine.library.queries import photo_face_rows, photo_rows
from tests.app.conftest import PLENTY_MS
from tests.app.drawn import DrawnLibrary, name_people

Settle = Callable[[], None]


def opened(window: MainWindow, qtbot: QtBot, settle: Settle) -> ProblemsPage:
    settle()
    qtbot.keyClick(window, Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    page = window.page("problems")
    assert isinstance(page, ProblemsPage)
    settle()
    return page


@pytest.fixture
def damaged(drawn: DrawnLibrary) -> DrawnLibrary:
    store_problems(drawn.library, [Unreadable(drawn.photos[0], "The file ends early.", 1, 1, None)])
    return drawn


def test_an_unreadable_file_is_listed_with_its_reason(
    window: MainWindow, damaged: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    page = opened(window, qtbot, settle)
    qtbot.waitUntil(lambda: page._shown is not None, timeout=PLENTY_MS)
    assert page._shown is not None
    assert page._shown.kind is ProblemKind.UNREADABLE
    qtbot.keyClick(page.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "The file ends early." in QApplication.clipboard().text()


def test_where_nothing_is_wrong_the_page_says_so(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    page = opened(window, qtbot, settle)
    qtbot.waitUntil(page.empty.isVisible, timeout=PLENTY_MS)
    assert page.empty.headline.text() == "Nothing to mend"


def test_of_somebody_who_stands_twice_in_a_photo_one_face_is_kept(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    name_people(drawn, "Ada")
    faces = [row.face for row in photo_face_rows(drawn.library, drawn.photos[0])]
    mine = next(row.face for row in photo_face_rows(drawn.library, drawn.photos[0]) if row.person == drawn.people[0])
    other = next(face for face in faces if face != mine)
    edits.move_faces(drawn.library, [other], drawn.people[0])
    page = opened(window, qtbot, settle)
    qtbot.waitUntil(lambda: page._shown is not None and bool(page._shown.faces), timeout=PLENTY_MS)
    assert page._shown is not None
    assert page._shown.kind is ProblemKind.DOUBLED
    kept = page._shown.faces[0]
    page.remedies.picks[0].trigger()
    settle()
    owners = {row.face: row.person for row in photo_face_rows(drawn.library, drawn.photos[0])}
    assert owners[kept] == drawn.people[0]
    assert [owners[face] for face in (mine, other) if face != kept] == [None]


def test_a_folder_that_is_away_is_said_to_be_so_and_nothing_is_lost(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    away = drawn.folder.rename(drawn.folder.with_name("Unplugged"))
    window.context.folders.look()
    page = opened(window, qtbot, settle)
    qtbot.waitUntil(lambda: page._shown is not None, timeout=PLENTY_MS)
    assert page._shown is not None
    assert (page._shown.kind, page._shown.ids) == (ProblemKind.AWAY, (drawn.folder_id,))
    assert len(photo_rows(drawn.library)) == len(drawn.photos)
    with qtbot.waitSignal(window.context.scanning.failed, timeout=PLENTY_MS):
        qtbot.keyClick(page.list, Qt.Key.Key_T)
    assert window.messages.text.text().startswith(f"{drawn.folder} is not there now.")
    assert "Connect its disk" in window.messages.text.text()
    away.rename(drawn.folder)
    window.context.folders.look()
    qtbot.waitUntil(page.empty.isVisible, timeout=PLENTY_MS)


def test_two_people_of_one_name_may_be_two(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    name_people(drawn, "Ada", "Bo", "ada")
    page = opened(window, qtbot, settle)
    qtbot.waitUntil(lambda: page._shown is not None, timeout=PLENTY_MS)
    assert page._shown is not None
    assert page._shown.kind is ProblemKind.NAMESAKES
    assert set(page._shown.ids) == {drawn.people[0], drawn.people[2]}
    qtbot.keyClick(page.list, Qt.Key.Key_D)
    qtbot.waitUntil(page.empty.isVisible, timeout=PLENTY_MS)
    assert {tuple(pair) for pair in distinct_people(drawn.library).tolist()} == {(drawn.people[0], drawn.people[2])}
