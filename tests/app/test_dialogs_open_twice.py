"""Every dialog opens as often as it is asked for."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.merging.dialog import MergeDialog
from app.pages.problems.page import ProblemsPage
from app.pages.settings.page import SettingsPage
from app.shell.fault_report import FaultReport
from app.shell.main_window import MainWindow
from app.widgets.goodbye import Goodbye
from engine.library.backups import Reason, back_up
from tests.app.conftest import PLENTY_MS
from tests.app.drawn import DrawnLibrary
from tests.app.menus import close_menus, menu_in_sight
from tests.app.pages.people.hand import PeopleHand
from tests.app.pages.person.hand import PersonHand

Key, Settle = Qt.Key, Callable[[], None]


def closed_twice(open_: Callable[[], None], kind: type[QDialog], qtbot: QtBot, settle: Settle) -> None:
    """Open a dialog, close it with Esc, and once more."""

    def shown() -> list[QWidget]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]

    for _ in range(2):
        open_()
        qtbot.waitUntil(lambda: len(shown()) == 1, timeout=PLENTY_MS)
        qtbot.keyClick(shown()[0], Key.Key_Escape)
        qtbot.waitUntil(lambda: not shown(), timeout=PLENTY_MS)
        settle()


def given_up_twice(ask: Callable[[], None], qtbot: QtBot) -> None:
    """Ask for a folder, which waits for an answer; give up with Esc, and once more."""
    seen: list[bool] = []

    def give_up() -> None:
        dialog = QApplication.activeModalWidget()
        seen.append(isinstance(dialog, QFileDialog))
        if dialog is not None:
            qtbot.keyClick(dialog, Key.Key_Escape)

    for _ in range(2):
        QTimer.singleShot(0, give_up)
        ask()
    assert seen == [True, True]


def test_the_question_before_a_merge(window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle) -> None:
    hand = PeopleHand(window, qtbot, settle)
    hand.choose(*drawn.people[:2])
    closed_twice(lambda: hand.press(Key.Key_M), MergeDialog, qtbot, settle)


def test_the_questions_before_something_goes(window: MainWindow, qtbot: QtBot, settle: Settle) -> None:
    settle()
    folders = window.sidebar.folders

    def remove() -> None:
        window.activateWindow()  # no window system does it here when a dialog closes
        folders.setFocus()
        folders.setCurrentRow(0)
        qtbot.waitUntil(folders.hasFocus, timeout=PLENTY_MS)
        qtbot.keyClick(folders, Key.Key_Delete)

    closed_twice(remove, Goodbye, qtbot, settle)
    window.context.navigator.go("settings")
    settle()
    closed_twice(window.page("settings").erase_button.click, Goodbye, qtbot, settle)  # type: ignore[attr-defined]


def test_the_report_of_a_fault(window: MainWindow, qtbot: QtBot, settle: Settle) -> None:
    settle()
    closed_twice(lambda: window.report(ValueError("broken")), FaultReport, qtbot, settle)


def test_the_choice_of_a_folder(window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle) -> None:
    settle()
    given_up_twice(lambda: qtbot.mouseClick(window.sidebar.add_button, Qt.MouseButton.LeftButton), qtbot)


def test_the_question_before_somebody_is_forgotten(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    hand = PersonHand(window, qtbot, settle, drawn.people[0])
    closed_twice(hand.page.acts["forget"].trigger, Goodbye, qtbot, settle)


def test_the_questions_and_the_choice_of_the_settings(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    back_up(drawn.library.path, Reason.ASKED)
    window.context.navigator.go("settings")
    settle()
    page = window.page("settings")
    assert isinstance(page, SettingsPage)

    def go_back() -> None:
        qtbot.mouseClick(page.backups.back_button, Qt.MouseButton.LeftButton)
        settle()
        menu_in_sight().actions()[0].trigger()
        close_menus(qtbot)

    closed_twice(go_back, Goodbye, qtbot, settle)
    closed_twice(page.models.add_wanted.emit, QFileDialog, qtbot, settle)
    card = window.context.embedder()
    closed_twice(lambda: page.models.forget_wanted.emit(card), Goodbye, qtbot, settle)


def test_the_choice_of_a_folder_that_moved(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    away = drawn.folder.rename(drawn.folder.with_name("Unplugged"))
    window.context.folders.read()
    window.context.navigator.go("problems")
    settle()
    page = window.page("problems")
    assert isinstance(page, ProblemsPage)
    qtbot.waitUntil(lambda: page.acts["place"].isVisible(), timeout=PLENTY_MS)
    given_up_twice(page.acts["place"].trigger, qtbot)
    away.rename(drawn.folder)
