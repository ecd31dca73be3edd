"""All face data is erased after one clear question, also while a scan finds more of it, and what came of it is said."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.pages.people.page import PeoplePage
from app.pages.settings.page import SettingsPage
from app.session.scanning import ScanRequest
from app.shell.main_window import MainWindow
from app.widgets.goodbye import Goodbye
from engine.library.library import Library
from engine.library.queries import counts, people_names
from engine.progress import Progress
from engine.settings import load_settings
from tests.app.conftest import PLENTY_MS, SCAN_MS
from tests.app.drawn import DrawnLibrary, name_people

Settle = Callable[[], None]


def ask(window: MainWindow, qtbot: QtBot) -> Goodbye:
    """Go to the settings and press the button there."""
    qtbot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    page.erase_button.click()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), Goodbye), timeout=PLENTY_MS)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, Goodbye)
    return dialog


def small_pictures(window: MainWindow) -> list[Path]:
    return list(window.context.places.thumbs.rglob("*.thumb"))


def test_escape_keeps_everything(window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle) -> None:
    name_people(drawn, "Ada")
    settle()
    qtbot.keyClick(ask(window, qtbot), Qt.Key.Key_Escape)
    settle()
    assert set(people_names(drawn.library).values()) == {"Ada"}


def test_no_face_and_no_picture_of_one_is_left(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    name_people(drawn, "Ada")
    qtbot.waitUntil(lambda: bool(small_pictures(window)), timeout=PLENTY_MS)
    qtbot.mouseClick(ask(window, qtbot).go, Qt.MouseButton.LeftButton)
    assert window.job_bar.isVisible()
    assert "Erasing all face data" in window.job_bar.text.text()
    assert not window.job_bar.cancel_button.isVisible(), "half an erasing is none"
    qtbot.waitUntil(window.messages.isVisible, timeout=PLENTY_MS)
    assert window.messages.text.text().startswith("24 faces erased")
    settle()
    assert counts(drawn.library).faces == 0
    assert people_names(drawn.library) == {}
    assert not small_pictures(window)
    assert not window.job_bar.isVisible()
    assert not window.actions_.undo.isEnabled(), "there is no history any more"


def test_no_scan_begins_by_itself_afterwards(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    window.context.take_settings(replace(window.context.settings, watch=True))
    dialog = ask(window, qtbot)
    assert "no longer scanned by themselves" in " ".join(label.text() for label in dialog.findChildren(QLabel))
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(window.messages.isVisible, timeout=PLENTY_MS)
    settle()
    assert not window.context.settings.watch
    assert not load_settings(window.context.places.settings).watch, "nor at the next start"


@pytest.mark.usefixtures("with_models")
def test_the_next_step_is_a_scan(window: MainWindow, qtbot: QtBot, settle: Settle) -> None:
    settle()
    qtbot.mouseClick(ask(window, qtbot).go, Qt.MouseButton.LeftButton)
    page = window.page("people")
    assert isinstance(page, PeoplePage)
    qtbot.waitUntil(page.states.nobody.isVisible, timeout=PLENTY_MS)
    settle()
    assert page.states.nobody.button.text() == "Scan your folders"
    seen: list[object] = []
    window.context.scanning.finished.connect(seen.append)
    qtbot.mouseClick(page.states.nobody.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(seen), timeout=SCAN_MS)


@pytest.mark.usefixtures("with_models")
def test_a_scan_ends_before_and_writes_no_face_afterwards(
    empty_window: MainWindow, album: Path, drawings: Path, qtbot: QtBot
) -> None:
    window, context = empty_window, empty_window.context
    reports: list[Progress] = []
    context.scanning.began.connect(lambda job: job.progress.connect(reports.append))
    for photo in album.iterdir():
        photo.rename(drawings / f"a{photo.name}")
    context.scanning.scan([drawings])
    qtbot.waitUntil(lambda: any(one.figures.get("faces") for one in reports), timeout=SCAN_MS)
    assert context.scanning.job is not None
    context.scanning.request_scan(ScanRequest())
    qtbot.mouseClick(ask(window, qtbot).go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "erased" in window.messages.text.text(), timeout=SCAN_MS)
    assert context.scanning.job is None, "nor is there one that waited"
    assert not context.jobs.busy
    assert counts(context.library).faces == 0


def test_where_it_cannot_be_finished_that_is_said(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    qtbot.waitUntil(lambda: bool(small_pictures(window)), timeout=PLENTY_MS)
    settle()
    drawn.library._patience = 0.1
    with Library(drawn.library.path) as elsewhere, elsewhere.read() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM faces").scalar()
        qtbot.mouseClick(ask(window, qtbot).go, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(window.messages.isVisible, timeout=3 * PLENTY_MS)
    assert "traces of it may be left" in window.messages.text.text()
    assert "erase once more" in window.messages.text.text()
    settle()
    assert counts(drawn.library).faces == 0
    assert not small_pictures(window)
