"""Photos that were deleted are kept until somebody says so; photos that were changed say whom they do not show."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.pages.photo.page import PhotoPage
from app.pages.problems.problem import NOT_SHOWN, ProblemKind
from app.shell.main_window import MainWindow
from app.widgets.goodbye import Goodbye
from engine.library.edits import name_person, postpone_question
from engine.library.history import undo
from engine.library.indexing import PhotoScan, mark_missing, store_scans
from engine.library.queries import people_names, photo_rows
from tests.app.conftest import PLENTY_MS
from tests.app.drawn import DrawnLibrary, name_people
from tests.app.pages.problems.hand import ProblemsHand

Key = Qt.Key
Open = Callable[[], ProblemsHand]


def ask(hand: ProblemsHand, qtbot: QtBot) -> Goodbye:
    """Press the key of the remedy and wait for the question."""
    hand.choose(ProblemKind.MISSING)
    hand.answer(Key.Key_G)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), Goodbye), timeout=PLENTY_MS)
    asked = QApplication.activeModalWidget()
    assert isinstance(asked, Goodbye)
    return asked


def test_deleted_photos_are_forgotten_when_somebody_says_that_they_were(
    open_problems: Open, drawn: DrawnLibrary, qtbot: QtBot
) -> None:
    name_people(drawn, "Ada")
    mark_missing(drawn.library, drawn.photos)
    hand = open_problems()
    asked = ask(hand, qtbot)
    said = " ".join(label.text() for label in asked.findChildren(type(hand.page.detail.question)))
    assert f"{len(drawn.photos)} photos" in said
    assert "in no other photo" in said
    qtbot.mouseClick(asked.keep, Qt.MouseButton.LeftButton)
    hand.settle()
    assert len(photo_rows(drawn.library)) == len(drawn.photos)
    asked = ask(hand, qtbot)
    button = asked.go
    assert isinstance(button, QPushButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    hand.wait_until_mended(ProblemKind.MISSING)
    assert photo_rows(drawn.library) == []
    assert people_names(drawn.library) == {}


def crop_the_first_photo(drawn: DrawnLibrary) -> None:
    """Let the first photo show none of its faces any more."""
    blank = PhotoScan(drawn.photos[0], 1, 1, b"cropped", 640, 400, None, "yunet_2023mar", (), "sface")
    store_scans(drawn.library, [replace(blank, width=64)])


def test_a_changed_photo_says_whom_it_does_not_show_any_more(
    open_problems: Open, drawn: DrawnLibrary, window: MainWindow
) -> None:
    name_people(drawn, "Ada")
    crop_the_first_photo(drawn)
    hand = open_problems()
    problem = hand.choose(ProblemKind.NOT_SHOWN)
    assert problem.ids == (drawn.photos[0],)
    hand.answer(Key.Key_O)
    page = hand.page_of("photo", PhotoPage)
    hand.wait_until(page.side.not_shown.isVisible)
    hand.wait_until(lambda: "Ada" in page.side.not_shown.text())
    hand.settle()
    window.context.navigator.back()
    hand.settle()
    hand.choose(ProblemKind.NOT_SHOWN)
    hand.answer(Key.Key_L)
    hand.wait_until_mended(ProblemKind.NOT_SHOWN)


def test_a_photo_that_is_left_so_is_mended_whatever_is_written_at_the_same_time(
    open_problems: Open, drawn: DrawnLibrary
) -> None:
    name_people(drawn, "Ada")
    crop_the_first_photo(drawn)
    hand = open_problems()
    hand.choose(ProblemKind.NOT_SHOWN)
    later = datetime.now(UTC) + timedelta(days=1)
    postpone_question(drawn.library, NOT_SHOWN, drawn.photos[0], 0, later)
    name_person(drawn.library, drawn.people[0], "Grace")
    hand.wait_until_mended(ProblemKind.NOT_SHOWN)
    hand.settle()
    undo(drawn.library)
    undo(drawn.library)
    hand.choose(ProblemKind.NOT_SHOWN)
