"""A backup is made in the window, and the way back to it closes the window."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.shell.main_window import MainWindow
from app.shell.upkeep import Upkeep
from app.widgets.goodbye import Goodbye
from engine.library.backups import Reason, backups_of
from tests.app.conftest import PLENTY_MS
from tests.app.drawn import DrawnLibrary, name_people

Settle = Callable[[], None]


def shown(kind: type) -> list:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]


def test_a_backup_is_made_and_gone_back_to(
    open_settings: Callable, window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    name_people(drawn, "Ada")
    backups = open_settings().page.backups
    qtbot.mouseClick(backups.make_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(window.messages.isVisible, timeout=PLENTY_MS)
    settle()
    (made,) = backups_of(drawn.library.path)
    assert made.reason is Reason.ASKED
    assert str(made.path) in window.messages.text.text()
    wanted: list[object] = []
    window.context.way_back_wanted.connect(lambda way: wanted.append(way.args))
    qtbot.mouseClick(backups.back_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(shown(QMenu)), timeout=PLENTY_MS)
    (menu,) = shown(QMenu)
    assert menu.actions()[0].text().endswith("on request")
    menu.actions()[0].trigger()
    menu.close()
    (dialog,) = shown(Goodbye)
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert wanted == [(drawn.library.path, made.path)]


def test_without_a_backup_that_is_said(open_settings: Callable, window: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(open_settings().page.backups.back_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(window.messages.isVisible, timeout=PLENTY_MS)
    assert "There is no backup yet" in window.messages.text.text()


def test_the_window_makes_the_day_s_backup_and_finishes_an_erasing(
    window: MainWindow, drawn: DrawnLibrary, settle: Settle
) -> None:
    name_people(drawn, "Ada")
    settle()
    upkeep = Upkeep(window.context, window)
    upkeep.begin()
    settle()
    (first,) = backups_of(drawn.library.path)
    assert first.reason is Reason.DAILY
    (window.context.places.data / "erase.unfinished.json").write_text("{}")
    upkeep.begin()
    settle()
    assert not first.path.exists()
    assert all(b"Ada" not in backup.path.read_bytes() for backup in backups_of(drawn.library.path))
    assert "is finished now" in window.messages.text.text()
    upkeep.deleteLater()
