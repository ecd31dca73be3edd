"""The window ends when it is told to, whatever a scan is doing, and can be opened again."""

import signal
import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.shell.rescue import rescue_box, ways_back
from app.shell.single import call_first
from engine.library.backups import Reason, back_up, backups_of
from engine.library.damage import LibraryDamagedError
from engine.library.folders import add_folder, folders
from engine.library.library import Library
from engine.library.marker import read_marker
from engine.library.queries import photo_rows
from engine.paths import Places
from engine.workflows.scan.only_scan import only_scan
from tests.app.drawn import draw_library
from tests.app.shell.processes import SECONDS, environment, running

HANGING = """
import sys, threading
from engine.workflows.scan import analysis
def hang(path):
    print("hangs", flush=True)
    threading.Event().wait()
analysis.read_file = hang
from app.application import main
sys.exit(main())
"""


def scanning_for_ever(data: Path, models: Path) -> AbstractContextManager[subprocess.Popen[str]]:
    """A window that scans by itself, in a process of its own, where every file's reading hangs."""
    return running(data, "-c", HANGING, KINFOLK_MODELS_DIR=str(models))


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_window_whose_scan_hangs_ends_when_it_is_told_to(
    qapp: QApplication, tmp_path: Path, models_dir: Path, name: str
) -> None:
    if not hasattr(signal, name):
        pytest.skip(f"there is no {name} here")
    places, album = Places(tmp_path / "data"), tmp_path / "album"
    drawn = draw_library(tmp_path / "drawn", album, (2,))
    drawn.library.close()
    places.data.mkdir()
    with Library(places.library) as library:
        add_folder(library, album)
    with scanning_for_ever(places.data, models_dir) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "hangs\n"
        process.send_signal(signal.Signals[name])
        assert process.wait(SECONDS) == 128 + signal.Signals[name]
    assert not call_first(places)
    with only_scan(places.data), Library(places.library) as library:
        assert {row.state for row in photo_rows(library)} == {"NEW"}


def test_a_damaged_library_s_dialog_offers_what_there_is(qtbot: QtBot, tmp_path: Path) -> None:
    places = Places(tmp_path)
    assert ways_back(places) == []
    Library(places.library).close()
    back_up(places.library, Reason.ASKED)
    whole = places.library.read_bytes()
    places.library.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(LibraryDamagedError) as caught:
        Library(places.library)
    ways = ways_back(places)
    box, doing = rescue_box(caught.value, ways)
    qtbot.addWidget(box)
    assert [button.text() for button in doing] == [words for words, _ in ways]
    assert len(ways) == 2
    next(iter(doing.values()))()
    Library(places.library).close()


GOING_BACK = """
import sys
from functools import partial
from pathlib import Path
from PySide6.QtCore import QTimer
from app.application import make_application, start
from app.shell.main_window import MainWindow
from engine.library.restoring import restore
application, data, backup = make_application(), Path(sys.argv[1]), Path(sys.argv[2])
seen = []
def look():
    windows = [one for one in application.topLevelWidgets() if isinstance(one, MainWindow) and one.isVisible()]
    if windows and windows[0] not in seen:
        seen.append(windows[0])
        context, told = windows[0].context, windows[0].messages.text.text()
        if told:
            print(told)
        way = partial(restore, data / "library.sqlite", backup)
        context.way_back_wanted.emit(way) if len(seen) == 1 else application.quit()
timer = QTimer(interval=100)
timer.timeout.connect(look)
timer.start()
code = start(application, data)
print(len(seen), "windows")
sys.exit(code)
"""


def test_going_back_to_a_backup_opens_the_window_again_on_it(qapp: QApplication, tmp_path: Path) -> None:
    places = Places(tmp_path)
    (tmp_path / "kept").mkdir()
    with Library(places.library) as library:
        add_folder(library, tmp_path / "kept")
        backup = back_up(places.library, Reason.ASKED).path
        (tmp_path / "more").mkdir()
        add_folder(library, tmp_path / "more")
    run = [sys.executable, "-c", GOING_BACK, str(tmp_path), str(backup)]
    root = Path(__file__).parents[3]
    ran = subprocess.run(run, env=environment(tmp_path), capture_output=True, text=True, check=False, cwd=root)
    said, windows = ran.stdout.splitlines()
    assert (ran.returncode, windows) == (0, "2 windows"), ran.stderr
    kept = next(one for one in backups_of(places.library) if one.reason is Reason.BEFORE)
    assert said.startswith("The library is as it was backed up: ")
    assert said.endswith(f"What it was before is kept as {kept.path}.")
    with Library(places.library) as library:
        assert [row.path.name for row in folders(library)] == ["kept"]


CLOSED_WHILE_THINKING = """
import sys, threading
from pathlib import Path
from PySide6.QtCore import QTimer
from app.application import make_application, start
from app.shell.main_window import MainWindow
application = make_application()
def hang():
    print("hangs", flush=True)
    threading.Event().wait()
def close():
    window = next(one for one in application.topLevelWidgets() if isinstance(one, MainWindow))
    window.context.thinking.call(hang).start()
    window.close()
QTimer.singleShot(500, close)
sys.exit(start(application, Path(sys.argv[1])))
"""


def test_a_window_that_is_closed_while_it_thinks_leaves_the_library_closed(qapp: QApplication, tmp_path: Path) -> None:
    places = Places(tmp_path)
    Library(places.library).close()
    run = [sys.executable, "-c", CLOSED_WHILE_THINKING, str(tmp_path)]
    root = Path(__file__).parents[3]
    ran = subprocess.run(run, env=environment(tmp_path), capture_output=True, text=True, check=False, cwd=root)
    assert (ran.returncode, ran.stdout) == (0, "hangs\n"), ran.stderr
    marker = read_marker(places.library)
    assert marker is not None
    assert marker.is_of(places.library)
    assert not list(tmp_path.glob("*.session-*"))


TOLD_AS_IT_APPEARS = """
import os, signal, sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject
from app.application import make_application, start
from app.shell import ending
from app.shell.main_window import MainWindow
ending.TOLD_S = 3600.0
application = make_application()
class Watch(QObject):
    def eventFilter(self, watched, event):
        if isinstance(watched, MainWindow) and event.type() == QEvent.Type.Show:
            print("told", flush=True)
            os.kill(os.getpid(), signal.SIGTERM)
        return False
watch = Watch()
application.installEventFilter(watch)
sys.exit(start(application, Path(sys.argv[1])))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process at once")
def test_a_window_that_is_told_to_end_before_it_stands_ends_in_order(qapp: QApplication, tmp_path: Path) -> None:
    """Qt forgets who asks it to quit before its loop runs."""
    with running(tmp_path, "-c", TOLD_AS_IT_APPEARS, str(tmp_path)) as process:
        said, fault = process.communicate(timeout=SECONDS)
    assert (process.returncode, said) == (0, "told\n"), fault
