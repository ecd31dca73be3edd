"""Damage that is found while the window is open is told as at a start: with the ways back."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from app.shell.main_window import MainWindow
from app.shell.upkeep import Upkeep
from engine.library.backups import Reason, back_up
from engine.library.damage import LibraryDamagedError
from engine.library.examining import examine_file
from engine.library.library import Library
from engine.paths import Places
from tests.app.conftest import PLENTY_MS
from tests.app.drawn import DrawnLibrary, draw_library
from tests.app.shell.processes import environment
from tests.damaged import empty_a_page, make_due

Settle = Callable[[], None]
LEFT = Qt.MouseButton.LeftButton


def boxes() -> list[QMessageBox]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox) and one.isVisible()]


def button_of(box: QMessageBox, words: str) -> QAbstractButton:
    (found,) = (button for button in box.buttons() if button.text().startswith(words))
    return found


def damage(library: Library) -> None:
    """Damage the file that is open, and have its weekly check be due."""
    library.compact()
    empty_a_page(library.path)
    make_due(library.path)


def test_what_the_weekly_check_finds_is_told_with_the_ways_back(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    settle()
    wanted: list[object] = []
    back_up(drawn.library.path, Reason.ASKED)
    window.context.way_back_wanted.connect(wanted.append)
    damage(drawn.library)
    upkeep = Upkeep(window.context, window)
    upkeep.begin()
    qtbot.waitUntil(lambda: bool(boxes()), timeout=PLENTY_MS)
    (box,) = boxes()
    assert "is damaged" in box.text()
    assert button_of(box, "Go back to the backup of").isEnabled()
    # Enter, pressed by whoever is typing, chooses nothing; the message goes on offering it.
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert not boxes()
    assert wanted == []
    assert "is damaged" in window.messages.text.text()
    qtbot.mouseClick(window.messages.button, LEFT)
    qtbot.waitUntil(lambda: bool(boxes()), timeout=PLENTY_MS)
    (box,) = boxes()
    qtbot.mouseClick(button_of(box, "Save what can be read"), LEFT)
    assert len(wanted) == 1
    upkeep.deleteLater()


def test_damage_that_comes_again_is_asked_about_once(window: MainWindow, qtbot: QtBot, settle: Settle) -> None:
    settle()
    error = LibraryDamagedError.of(window.context.library.path)
    window.context.report(error)
    qtbot.waitUntil(lambda: bool(boxes()), timeout=PLENTY_MS)
    window.context.fail(error)
    settle()
    (box,) = boxes()
    box.close()
    window.context.fail(error)
    settle()
    assert boxes() == []
    assert window.messages.isVisible()


SAVING = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMessageBox
from app.application import make_application, start
from app.shell.main_window import MainWindow
application = make_application()
seen = []
def look():
    shown = [one for one in application.topLevelWidgets() if one.isVisible()]
    windows = [one for one in shown if isinstance(one, MainWindow)]
    if windows and windows[0] not in seen:
        seen.append(windows[0])
    if len(seen) == 2:
        application.quit()
    for box in (one for one in shown if isinstance(one, QMessageBox)):
        next(button for button in box.buttons() if button.text() == "Save what can be read").click()
timer = QTimer(interval=100)
timer.timeout.connect(look)
timer.start()
code = start(application, Path(sys.argv[1]))
print(len(seen), "windows")
sys.exit(code)
"""


def test_the_window_closes_for_the_way_that_is_chosen_and_opens_on_what_was_saved(
    qapp: QApplication, tmp_path: Path
) -> None:
    places = Places(tmp_path / "data")
    drawn = draw_library(places.data, tmp_path / "album", (40, 30))
    drawn.library.close()
    empty_a_page(places.library)
    make_due(places.library)
    run = [sys.executable, "-c", SAVING, str(places.data)]
    root = Path(__file__).parents[3]
    ran = subprocess.run(run, env=environment(places.data), capture_output=True, text=True, check=False, cwd=root)
    assert (ran.returncode, ran.stdout) == (0, "2 windows\n"), ran.stderr
    assert list(places.data.glob("library-damaged-*"))
    assert not examine_file(places.library).problems
    Library(places.library).close()
