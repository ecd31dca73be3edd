"""What nobody expected opens a report without anything of the user's in it, and the window lives on."""

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from app.shell.fault_report import FaultReport
from app.shell.faults import Faults, describe
from app.shell.main_window import MainWindow
from engine.errors import LibraryError
from engine.settings import load_settings
from tests.app.conftest import PLENTY_MS

SECRET = "Grandmother in /home/ada/Pictures"


@pytest.fixture
def faults(window: MainWindow) -> Iterator[Faults]:
    made = Faults()
    made.found.connect(window.context.fail)
    made.install()
    yield made
    made.remove()


def open_report(window: MainWindow, qtbot: QtBot) -> FaultReport:
    qtbot.waitUntil(lambda: bool(window.findChildren(FaultReport)), timeout=PLENTY_MS)
    (report,) = window.findChildren(FaultReport)
    qtbot.waitUntil(report.isVisible, timeout=PLENTY_MS)
    return report


def break_something() -> None:
    raise ValueError(SECRET)


def test_an_exception_in_a_slot_opens_a_report(window: MainWindow, faults: Faults, qtbot: QtBot) -> None:
    with capture_exceptions():
        faults.install()
        QTimer.singleShot(0, break_something)
        report = open_report(window, qtbot)
    assert not report.isModal()
    text = report.report.toPlainText()
    assert "ValueError" in text
    assert "PySide6" in text
    assert SECRET not in text
    assert "Grandmother" not in text
    assert str(Path.home()) not in text
    # The window lives on, also under the report.
    rect = window.sidebar.pages.visualItemRect(window.sidebar.pages.item(1))
    qtbot.mouseClick(window.sidebar.pages.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    qtbot.waitUntil(lambda: window.context.navigator.here.page == "review", timeout=PLENTY_MS)
    report.close()
    with qtbot.waitActive(window, timeout=PLENTY_MS):
        window.come_forward()
    qtbot.keyClick(window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.context.navigator.here.page == "history", timeout=PLENTY_MS)


def test_the_same_fault_is_counted_and_another_one_added(window: MainWindow, qtbot: QtBot) -> None:
    for _ in range(3):
        window.context.fail(ValueError(SECRET))
    window.context.fail(KeyError(SECRET))
    report = open_report(window, qtbot)
    text = report.report.toPlainText()
    assert "× 3" in text
    assert "KeyError" in text
    report.close()
    window.context.fail(KeyError(SECRET))
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(FaultReport)), timeout=PLENTY_MS)
    open_again = next(one for one in window.findChildren(FaultReport) if one.isVisible())
    assert "ValueError" not in open_again.report.toPlainText()
    open_again.close()


def test_a_thread_that_dies_is_told(window: MainWindow, faults: Faults, qtbot: QtBot) -> None:
    thread = threading.Thread(target=break_something)
    thread.start()
    thread.join()
    report = open_report(window, qtbot)
    assert "ValueError" in report.report.toPlainText()
    report.close()


def test_a_job_that_breaks_is_told(window: MainWindow, qtbot: QtBot) -> None:
    window.context.operations.edit(break_something, "never said")
    report = open_report(window, qtbot)
    assert "app/work/jobs.py" in report.report.toPlainText()
    assert window.messages.text.text() != "never said"
    report.close()


def test_our_own_lines_are_named_relative_to_the_program(tmp_path: Path) -> None:
    try:
        load_settings(SECRET)  # type: ignore[arg-type]  # that is the fault
    except AttributeError as error:
        text = describe(error)
    assert "engine/settings.py:" in text
    assert "in load_settings" in text
    assert "test_faults" not in text
    assert SECRET not in text


def test_what_lies_behind_an_exception_is_named_too() -> None:
    try:
        try:
            break_something()
        except ValueError as error:
            raise RuntimeError(SECRET) from error
    except RuntimeError as error:
        text = describe(error)
    assert text.index("RuntimeError") < text.index("after ValueError")


def test_the_report_can_be_copied(window: MainWindow, qtbot: QtBot) -> None:
    window.context.fail(ValueError(SECRET))
    report = open_report(window, qtbot)
    qtbot.mouseClick(report.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == report.report.toPlainText()
    assert report.copy.text() == "Copied"
    (buttons,) = report.findChildren(QDialogButtonBox)
    qtbot.mouseClick(buttons.button(QDialogButtonBox.StandardButton.Close), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.findChildren(FaultReport), timeout=PLENTY_MS)


def test_what_the_user_can_understand_is_a_sentence_and_no_report(window: MainWindow, qtbot: QtBot) -> None:
    window.context.fail(LibraryError("The disk is full.", "Free some space."))
    assert window.messages.isVisible()
    assert window.messages.text.text() == "The disk is full. Free some space."
    assert window.messages.sign.isVisible()
    assert not window.messages.button.isVisible()
    assert not window.findChildren(FaultReport)


def test_the_log_has_the_report_and_no_more(window: MainWindow, qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        window.context.fail(ValueError(SECRET))
    assert "ValueError" in caplog.text
    assert "Grandmother" not in caplog.text
    open_report(window, qtbot).close()


def test_the_places_are_given_back() -> None:
    before = sys.excepthook, threading.excepthook
    faults = Faults()
    faults.install()
    assert sys.excepthook != before[0]
    faults.remove()
    assert (sys.excepthook, threading.excepthook) == before
