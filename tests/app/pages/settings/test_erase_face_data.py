"""All face data is erased after one clear question, also while a scan finds more of it, and what came of it is said."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.pages.people.page import PeoplePage
from app.session.context import Context
from app.session.scanning import ScanRequest
from app.shell.main_window import MainWindow
from engine.library.library import Library
from engine.library.queries import counts, people_names
from engine.paths import Places
from engine.progress import Progress
from engine.settings import load_settings
from tests.app.conftest import PLENTY_MS, SCAN_MS, opened_context, opened_window
from tests.app.drawn import DrawnLibrary, name_people
from tests.app.pages.settings.hand import SettingsHand

Settle, Open = Callable[[], None], Callable[[], SettingsHand]


def small_pictures(context: Context) -> list[Path]:
    return list(context.places.thumbs.rglob("*.thumb"))


def test_escape_keeps_everything(open_settings: Open, drawn: DrawnLibrary, settle: Settle) -> None:
    name_people(drawn, "Ada")
    settle()
    hand = open_settings()
    hand.qtbot.keyClick(hand.ask_to_erase(), Qt.Key.Key_Escape)
    hand.settle()
    assert set(people_names(drawn.library).values()) == {"Ada"}


def test_no_face_and_no_picture_of_one_is_left(
    open_settings: Open, window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    name_people(drawn, "Ada")
    qtbot.waitUntil(lambda: bool(small_pictures(window.context)), timeout=PLENTY_MS)
    open_settings().erase()
    assert window.job_bar.isVisible()
    assert "Erasing all face data" in window.job_bar.text.text()
    assert not window.job_bar.cancel_button.isVisible(), "half an erasing is none"
    qtbot.waitUntil(window.messages.isVisible, timeout=PLENTY_MS)
    assert window.messages.text.text().startswith("24 faces erased")
    settle()
    assert counts(drawn.library).faces == 0
    assert people_names(drawn.library) == {}
    assert not small_pictures(window.context)
    assert not window.job_bar.isVisible()
    assert not window.acts["undo"].isEnabled(), "there is no history any more"


def test_no_scan_begins_by_itself_afterwards(
    open_settings: Open, window: MainWindow, qtbot: QtBot, settle: Settle
) -> None:
    window.context.take_settings(replace(window.context.settings, watch=True))
    hand = open_settings()
    dialog = hand.ask_to_erase()
    assert "no longer scanned by themselves" in " ".join(label.text() for label in dialog.findChildren(QLabel))
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(window.messages.isVisible, timeout=PLENTY_MS)
    settle()
    assert not window.context.settings.watch
    assert not load_settings(window.context.places.settings).watch, "nor at the next start"


@pytest.mark.usefixtures("with_models")
def test_the_next_step_is_a_scan(open_settings: Open, window: MainWindow, qtbot: QtBot, settle: Settle) -> None:
    settle()
    open_settings().erase()
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
    SettingsHand(window, qtbot, lambda: None).erase()
    qtbot.waitUntil(lambda: "erased" in window.messages.text.text(), timeout=SCAN_MS)
    assert context.scanning.job is None, "nor is there one that waited"
    # The job that says so ends a moment later; a scan that began now would keep the lane busy, and find faces.
    qtbot.waitUntil(lambda: not context.jobs.busy, timeout=PLENTY_MS)
    assert context.scanning.job is None
    assert counts(context.library).faces == 0


def test_where_it_cannot_be_finished_that_is_said(dressed: QApplication, drawn: DrawnLibrary, qtbot: QtBot) -> None:
    places = Places(drawn.library.path.parent)
    with (
        Library(places.library, patience=0.1) as hasty,
        opened_context(places, hasty) as context,
        opened_window(context, qtbot) as window,
    ):
        qtbot.waitUntil(lambda: bool(small_pictures(context)), timeout=PLENTY_MS)
        qtbot.waitUntil(lambda: not context.reads.busy and not context.pending, timeout=PLENTY_MS)
        with Library(places.library) as elsewhere, elsewhere.read() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM faces").scalar()
            SettingsHand(window, qtbot, lambda: None).erase()
            qtbot.waitUntil(window.messages.isVisible, timeout=PLENTY_MS)
        assert "traces of it may be left" in window.messages.text.text()
        assert "erase once more" in window.messages.text.text()
        qtbot.waitUntil(lambda: not context.jobs.busy, timeout=PLENTY_MS)
        assert counts(hasty).faces == 0
        assert not small_pictures(context)
