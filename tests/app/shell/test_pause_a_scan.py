"""A scan is paused, goes on, is stopped, and the next one goes on from there."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.shell.main_window import MainWindow
from engine.library.queries import photo_rows
from engine.library.states import PhotoState
from engine.progress import Progress
from tests.app.conftest import PLENTY_MS, SCAN_MS, outcomes_of, widget_named

pytestmark = pytest.mark.usefixtures("with_models")


def read_photos(window: MainWindow) -> int:
    return sum(row.state is PhotoState.SCANNED for row in photo_rows(window.context.library))


def begin_scan(window: MainWindow, folder: Path, qtbot: QtBot) -> list[Progress]:
    """Begin to scan and return the list of reports once photos are read."""
    reports: list[Progress] = []
    window.context.scanning.began.connect(lambda job: job.progress.connect(reports.append))
    window.context.scanning.scan([folder])
    qtbot.waitUntil(lambda: any(one.stage == "scan" and one.done for one in reports), timeout=SCAN_MS)
    return reports


def test_pause_and_resume(empty_window: MainWindow, drawings: Path, qtbot: QtBot) -> None:
    window = empty_window
    seen = outcomes_of(window.context)
    reports = begin_scan(window, drawings, qtbot)
    qtbot.mouseClick(widget_named(window, "Pause"), Qt.MouseButton.LeftButton)
    job = window.context.scanning.job
    assert job is not None
    assert job.paused
    assert "paused" in window.job_bar.text.text()
    before = len(reports)
    # That a paused job waits is shown in `test_jobs`; here that what still arrives does not hide that it does.
    assert "paused" in window.job_bar.text.text()
    assert not seen
    assert read_photos(window) < 120
    qtbot.mouseClick(widget_named(window, "Go on"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(seen), timeout=SCAN_MS)
    assert len(reports) > before
    assert read_photos(window) == 120
    qtbot.waitUntil(lambda: not window.job_bar.isVisible(), timeout=PLENTY_MS)


def test_stop_keeps_what_is_done_and_the_next_scan_does_the_rest(
    empty_window: MainWindow, drawings: Path, qtbot: QtBot
) -> None:
    window = empty_window
    seen = outcomes_of(window.context)
    begin_scan(window, drawings, qtbot)
    qtbot.mouseClick(widget_named(window, "Stop"), Qt.MouseButton.LeftButton)
    assert window.job_bar.text.text() == "Stopping…"
    qtbot.waitUntil(lambda: window.context.scanning.job is None, timeout=SCAN_MS)
    qtbot.waitUntil(lambda: not window.job_bar.isVisible(), timeout=PLENTY_MS)
    assert not seen
    done = read_photos(window)
    assert 0 < done < 120
    with qtbot.waitActive(window, timeout=PLENTY_MS):
        window.come_forward()
    qtbot.keyClick(window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: bool(seen), timeout=SCAN_MS)
    assert seen[0].summary.photos.new == 120 - done
    assert read_photos(window) == 120
