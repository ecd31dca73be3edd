"""Whatever runs under a title is seen in the job bar and can be stopped there, in its turn."""

import threading
from collections.abc import Callable, Generator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.shell.job_bar import JobBar
from app.shell.main_window import MainWindow
from engine.progress import Progress
from tests.app.conftest import PLENTY_MS, widget_named

Settle = Callable[[], None]


def fetching(gate: threading.Event) -> Generator[Progress, None, None]:
    yield Progress("fetch", 1_000_000, 4_000_000)
    gate.wait(10)
    yield Progress("fetch", 2_000_000, 4_000_000)


def test_any_job_with_a_title_is_shown_and_can_be_stopped(window: MainWindow, qtbot: QtBot, settle: Settle) -> None:
    settle()
    gate = threading.Event()
    job = window.context.jobs.job(fetching(gate), "Fetching a model")
    job.start()
    qtbot.waitUntil(lambda: "1 of 4 MB" in window.job_bar.text.text(), timeout=PLENTY_MS)
    assert window.job_bar.isVisible()
    with qtbot.waitSignal(job.cancelled, timeout=PLENTY_MS):
        qtbot.mouseClick(widget_named(window, "Stop"), Qt.MouseButton.LeftButton)
        gate.set()
    qtbot.waitUntil(lambda: not window.job_bar.isVisible(), timeout=PLENTY_MS)


def test_a_job_that_waits_for_its_turn_is_named(window: MainWindow, qtbot: QtBot, settle: Settle) -> None:
    settle()
    gate = threading.Event()
    bar, lane = window.job_bar, window.context.jobs
    lane.job(fetching(gate), "Scanning").start()
    second = lane.job(fetching(gate), "Fetching a model").start()
    assert bar.next.text() == "Then: Fetching a model"
    with qtbot.waitSignal(second.done, timeout=PLENTY_MS):
        gate.set()
    assert not bar.next.isVisible()


def test_what_has_no_title_is_not_shown(window: MainWindow, qtbot: QtBot, settle: Settle) -> None:
    settle()
    job = window.context.jobs.call(lambda: None)
    with qtbot.waitSignal(job.done, timeout=PLENTY_MS):
        job.start()
        assert not window.job_bar.isVisible()


@pytest.mark.parametrize(
    ("stage", "done", "seconds", "said"),
    [
        ("scan", 310, 10, "31 photos/s"),
        ("scan", 14, 10, "1.4 photos/s"),
        ("scan", 3, 10, "1 photo in 4 s"),
        ("embed", 1, 8, "1 face in 8 s"),
    ],
)
def test_the_pace_is_told_in_words_that_fit_it(
    dressed: QApplication, qtbot: QtBot, stage: str, done: int, seconds: float, said: str
) -> None:
    bar = JobBar()
    qtbot.addWidget(bar)
    assert bar.pace_words(done / seconds, photos=stage == "scan") == said
