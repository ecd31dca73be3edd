"""The window's start, in processes of its own: what hinders it is said, and a second start helps the first."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from filelock import FileLock
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.application import start
from app.shell.main_window import MainWindow
from app.shell.rescue import error_box
from app.shell.screen import is_looked_at
from app.shell.single import AGAIN_S, FirstWindow, call_first, take_or_call
from engine.errors import LibraryError
from engine.paths import Places
from tests.app.shell.processes import SECONDS, environment, started
from tests.app.shell.processes import running as run_python

UNHURRIED = """
import sys
from app.application import main
from app.shell import ending
ending.TOLD_S = 3600.0
sys.exit(main())
"""
"""The window, which takes its time to end: on a busy machine the usual four seconds may not do."""


@pytest.mark.parametrize("starts", [2, 4])
def test_one_of_several_starts_has_the_window_and_the_others_end(tmp_path: Path, starts: int) -> None:
    with ExitStack() as stack:
        running = [stack.enter_context(run_python(tmp_path, "-c", UNHURRIED)) for _ in range(starts)]
        until = time.monotonic() + SECONDS
        while sum(process.poll() is None for process in running) > 1:
            assert time.monotonic() < until
            with suppress(subprocess.TimeoutExpired):
                next(process for process in running if process.poll() is None).wait(0.1)
        first = next(process for process in running if process.returncode is None)
        assert [process.returncode for process in running if process is not first] == [0] * (starts - 1)
        # The one that stays has the library, and goes when it is asked to.
        first.send_signal(signal.SIGTERM)
        assert first.wait(SECONDS) == 0
    assert (tmp_path / "library.sqlite").exists()


def test_who_has_the_lock_but_does_not_listen_yet_is_asked_again(qapp: QApplication, tmp_path: Path) -> None:
    """Another start stands between taking the library and listening, where a busy machine may leave it."""
    held: list[bool] = []

    def start_as_second() -> None:
        first = take_or_call(Places(tmp_path))
        held.append(first is not None)
        if first is not None:
            first.close()

    second = threading.Thread(target=start_as_second)
    with FileLock(tmp_path / "window.lock"):
        second.start()
        second.join(AGAIN_S * 4)
        assert second.is_alive(), "taken and nobody listening is no end yet"
    second.join(SECONDS)
    assert held == [True]


def test_a_second_start_brings_the_window_forward(empty_window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window = empty_window
    first = FirstWindow(window.context.places)
    first.called.connect(window.come_forward)
    window.setWindowState(Qt.WindowState.WindowMinimized)
    with started(tmp_path / "data", XDG_ACTIVATION_TOKEN="from the desktop") as second:
        qtbot.waitUntil(lambda: not window.isMinimized(), timeout=SECONDS * 1000)
        assert second.wait(SECONDS) == 0
    assert os.environ.pop("XDG_ACTIVATION_TOKEN") == "from the desktop"
    first.close()


def test_a_library_that_another_computer_has_is_said_to_be_in_use(tmp_path: Path) -> None:
    """Without anybody who could close it there is no dialog: the process ends with what hinders it."""
    with FileLock(tmp_path / "window.lock"), started(tmp_path) as second:
        _, said = second.communicate(timeout=SECONDS)
    assert second.returncode == 1
    assert "is in use by another window" in said
    assert "--data-dir" in said


def test_a_lock_that_a_crash_left_behind_hinders_nobody(qapp: QApplication, tmp_path: Path) -> None:
    with started(tmp_path) as crashed:
        while not call_first(Places(tmp_path)):
            assert crashed.poll() is None
        crashed.kill()
        crashed.wait(SECONDS)
    assert not call_first(Places(tmp_path))
    first = FirstWindow(Places(tmp_path))
    with pytest.raises(LibraryError, match="in use"):
        FirstWindow(Places(tmp_path))
    first.close()


def test_the_window_opens_from_the_command_line_with_its_data_folder(tmp_path: Path, qapp: QApplication) -> None:
    with started(tmp_path / "unused", "--data-dir", str(tmp_path / "chosen")) as process:
        while not call_first(Places(tmp_path / "chosen")):
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        assert process.wait(SECONDS) == 0
    assert not (tmp_path / "unused").exists()


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda data: (data / "library.sqlite").write_bytes(b"not a library at all, but long enough" * 50), "library"),
        (lambda data: (data / "settings.toml").write_text("thread = 1"), "'thread'"),
    ],
)
def test_what_hinders_the_start_is_said_in_the_terminal(
    dressed: QApplication, tmp_path: Path, capsys: pytest.CaptureFixture[str], damage: object, words: str
) -> None:
    damage(tmp_path)  # type: ignore[operator]  # one of the functions above
    assert start(dressed, tmp_path) in (1, 2)
    assert words in capsys.readouterr().err


def test_what_hinders_the_start_is_said_in_a_dialog(dressed: QApplication, qtbot: QtBot) -> None:
    box = error_box(LibraryError("What happened.", "What to do."))
    qtbot.addWidget(box)
    assert (box.text(), box.informativeText()) == ("What happened.", "What to do.")


def test_only_a_screen_that_somebody_looks_at_gets_a_dialog() -> None:
    assert [is_looked_at(platform) for platform in ("xcb", "wayland", "windows", "cocoa")] == [True] * 4
    assert not is_looked_at("offscreen")


def test_without_a_screen_there_is_a_sentence(tmp_path: Path) -> None:
    with started(tmp_path, QT_QPA_PLATFORM="xcb", DISPLAY="") as process:
        _, said = process.communicate(timeout=SECONDS)
    assert process.returncode == 1
    assert "screen" in said or "apt-get install" in said
    assert "Traceback" not in said


def test_a_screen_that_does_not_answer_is_named(tmp_path: Path) -> None:
    with started(tmp_path, QT_QPA_PLATFORM="xcb", DISPLAY=":7654") as process:
        _, said = process.communicate(timeout=SECONDS)
    assert process.returncode == 1
    assert ":7654 does not answer" in said or "apt-get install" in said


def test_opencv_does_not_lead_qt_astray(tmp_path: Path) -> None:
    code = (
        "import os, app.application as window\n"
        "import cv2\n"
        "window.forget_opencv_plugins()\n"
        "print(os.environ.get('QT_QPA_PLATFORM_PLUGIN_PATH'), os.environ.get('QT_QPA_FONTDIR'))\n"
    )
    run = [sys.executable, "-c", code]
    ran = subprocess.run(run, env=environment(tmp_path), capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["None", "None"]


def test_nothing_heavy_is_imported_before_the_first_window(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom app.application import make_application\n"
        "from app.session.context import Context\nfrom app.shell.main_window import MainWindow\n"
        "from engine.library.library import Library\nfrom engine.paths import Places\nfrom pathlib import Path\n"
        f"application = make_application()\nplaces = Places(Path({str(tmp_path)!r}))\n"
        "library = Library(places.library)\ncontext = Context(places, library)\nwindow = MainWindow(context)\n"
        "window.begin()\nwindow.show()\n"
        "heavy = {'torch', 'hdbscan', 'faiss', 'insightface', 'onnxruntime', 'openvino', 'scipy', 'sklearn', 'lxml'}\n"
        "heavy &= set(sys.modules)\n"
        "context.shutdown()\nlibrary.close()\n"
        "sys.exit(', '.join(heavy) or 0)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], env=environment(tmp_path), capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
