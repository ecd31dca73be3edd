"""What is wrong is listed with its reason, and each line has a remedy."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.pages.problems.problem import ProblemKind
from app.shell.main_window import MainWindow
from app.shell.sidebar import PAGES
from app.widgets.entry_delegate import AT_END
from engine.library import edits, history
from engine.library.answers import distinct_people
from engine.library.indexing import Problem as Unreadable
from engine.library.indexing import store_problems
from engine.library.queries import photo_face_rows, photo_rows
from tests.app.conftest import PLENTY_MS
from tests.app.drawn import DrawnLibrary, name_people
from tests.app.hand import CTRL
from tests.app.pages.problems.hand import ProblemsHand

Key = Qt.Key
Open = Callable[[], ProblemsHand]


def test_an_unreadable_file_is_listed_with_its_reason(open_problems: Open, drawn: DrawnLibrary) -> None:
    store_problems(drawn.library, [Unreadable(drawn.photos[0], "The file ends early.", 1, 1, None)])
    hand = open_problems()
    assert hand.problem.kind is ProblemKind.UNREADABLE
    assert "The file ends early." in hand.page.detail.where.text()
    hand.press(Key.Key_C, CTRL)
    assert "The file ends early." in QApplication.clipboard().text()


def test_where_nothing_is_wrong_the_page_says_so(open_problems: Open) -> None:
    hand = open_problems()
    hand.wait_until(hand.page.empty.isVisible)
    assert hand.page.empty.headline.text() == "Nothing to mend"


def test_where_nothing_is_wrong_the_page_is_calm_while_the_library_changes(open_problems: Open) -> None:
    hand = open_problems()
    hand.wait_until(lambda: hand.page.empty.headline.text() == "Nothing to mend")
    hand.page.follow(None)
    assert hand.page.empty.headline.text() == "Nothing to mend", "it is looked again, and nothing is found yet"


def test_what_the_page_found_does_not_stay_in_the_sidebar(open_problems: Open, drawn: DrawnLibrary) -> None:
    """It is told before it was counted beside the page's name, and taken back when the page is left."""
    hand = open_problems()
    shown = hand.window.sidebar.pages.item(PAGES.index("problems"))
    rows = photo_face_rows(drawn.library, drawn.photos[0])
    edits.move_faces(drawn.library, [row.face for row in rows[:2]], drawn.people[0])
    hand.wait_until(lambda: shown.data(AT_END) == "1")
    hand.go("people")
    history.undo(drawn.library)
    hand.wait_until(lambda: not shown.data(AT_END))


def test_of_somebody_who_stands_twice_in_a_photo_one_face_is_kept(open_problems: Open, drawn: DrawnLibrary) -> None:
    name_people(drawn, "Ada")
    ada, rows = drawn.people[0], photo_face_rows(drawn.library, drawn.photos[0])
    mine = next(row.face for row in rows if row.person == ada)
    other = next(row.face for row in rows if row.face != mine)
    edits.move_faces(drawn.library, [other], ada)
    hand = open_problems()
    assert hand.problem.kind is ProblemKind.DOUBLED
    assert set(hand.problem.faces) == {mine, other}
    kept = hand.problem.faces[0]
    hand.page.acts["pick 1"].trigger()
    hand.settle()
    owners = {row.face: row.person for row in photo_face_rows(drawn.library, drawn.photos[0])}
    assert owners[kept] == ada
    assert ada not in [owners[face] for face in (mine, other) if face != kept]


def test_a_folder_that_is_away_is_said_to_be_so_and_nothing_is_lost(
    open_problems: Open, window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot
) -> None:
    away = drawn.folder.rename(drawn.folder.with_name("Unplugged"))
    window.context.folders.read()
    hand = open_problems()
    assert (hand.problem.kind, hand.problem.ids) == (ProblemKind.AWAY, (drawn.folder_id,))
    assert len(photo_rows(drawn.library)) == len(drawn.photos)
    with qtbot.waitSignal(window.context.scanning.failed, timeout=PLENTY_MS):
        hand.strike(Key.Key_T)
    assert hand.said.startswith(f"{drawn.folder} is not there now.")
    assert "Connect its disk" in hand.said
    away.rename(drawn.folder)
    window.context.folders.read()
    hand.wait_until(hand.page.empty.isVisible)


def test_two_people_of_one_name_may_be_two(open_problems: Open, drawn: DrawnLibrary) -> None:
    name_people(drawn, "Ada", "Bo", "ada")
    hand = open_problems()
    assert hand.problem.kind is ProblemKind.NAMESAKES
    assert set(hand.problem.ids) == {drawn.people[0], drawn.people[2]}
    hand.answer(Key.Key_D)
    hand.wait_until(hand.page.empty.isVisible)
    assert {tuple(pair) for pair in distinct_people(drawn.library).tolist()} == {(drawn.people[0], drawn.people[2])}
