"""A person is forgotten for good after one clear question, with every name and backup, and nobody else is."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.shell.main_window import MainWindow
from app.widgets.goodbye import Goodbye
from engine.library.backups import Reason, back_up, backups_of
from engine.library.queries import counts, people_names
from tests.app.conftest import PLENTY_MS
from tests.app.drawn import DrawnLibrary, name_people


def asked() -> Goodbye:
    (dialog,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, Goodbye)]
    return dialog


def test_somebody_is_forgotten(
    open_person: Callable, window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    name_people(drawn, "Ada", "Bo")
    back_up(drawn.library.path, Reason.ASKED)
    hand = open_person(drawn.people[0])
    hand.page.acts["forget"].trigger()
    dialog = asked()
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(window.messages.isVisible, timeout=PLENTY_MS)
    settle()
    assert "erased, with the name and every answer" in window.messages.text.text()
    assert set(people_names(drawn.library).values()) == {"Bo"}
    assert counts(drawn.library).faces == 24 - 9
    assert backups_of(drawn.library.path) == []
    assert window.context.navigator.here.page == "people"


def test_escape_forgets_nobody(open_person: Callable, drawn: DrawnLibrary, qtbot: QtBot, settle: Callable) -> None:
    name_people(drawn, "Ada")
    hand = open_person(drawn.people[0])
    hand.page.acts["forget"].trigger()
    qtbot.keyClick(asked(), Qt.Key.Key_Escape)
    settle()
    assert set(people_names(drawn.library).values()) == {"Ada"}
