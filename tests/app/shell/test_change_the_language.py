"""Another language takes effect at once: the window is made anew around the session, which goes on."""

import gc
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.pages.people.page import PeoplePage
from app.pages.settings.page import SettingsPage
from app.pictures.pictures import Picture, Shape
from app.session.context import Context
from app.shell.front import Front
from app.shell.main_window import MainWindow
from app.shell.sidebar import PAGES
from app.style import texts
from app.style.language import language_in_use, locale_for
from app.widgets.entry_delegate import AT_END, SPARE
from engine.errors import LibraryError
from engine.library.changes import Changes
from engine.library.queries import people_rows, photo_rows
from engine.library.states import PhotoState
from engine.settings import load_settings
from engine.words import catalogue
from tests.app.conftest import PLENTY_MS, SCAN_MS, SETTLE_MS, outcomes_of
from tests.app.drawn import DrawnLibrary, name_people
from tests.app.pages.people.hand import PeopleHand

Settle = Callable[[], None]


@pytest.fixture
def front(context: Context) -> Iterator[Front]:
    """The window in front of the context, which may be made anew."""
    made = Front(context)
    made.open()
    try:
        yield made
    finally:
        made.close()
        made.window.deleteLater()
        made.deleteLater()
        language_in_use().choose(catalogue.ENGLISH)


def choose(front: Front, qtbot: QtBot, language: str) -> MainWindow:
    """Choose a language on the page of settings, and return the window that is there then."""
    before = front.window
    before.context.navigator.go("settings")
    box = settings_of(before).form.language
    box.setCurrentIndex(box.findData(language))
    return renewed(front, before, qtbot)


def renewed(front: Front, before: MainWindow, qtbot: QtBot) -> MainWindow:
    """Wait for another window, and until the one before is gone."""
    qtbot.waitUntil(lambda: front.window is not before, timeout=PLENTY_MS)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return front.window


def settings_of(window: MainWindow) -> SettingsPage:
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    return page


def menus_of(window: MainWindow) -> list[str]:
    return [menu.title() for menu in window.menuBar().findChildren(QMenu) if menu.title()]


def test_a_language_takes_effect_at_once(front: Front, context: Context, qtbot: QtBot, settle: Settle) -> None:
    settle()
    for language in ("ko", "de", "en"):
        gone = weakref.ref(front.window)
        window = choose(front, qtbot, language)
        assert window.isVisible()
        assert context.navigator.here is not None
        assert context.navigator.here.page == "settings"
        assert window.stack.currentWidget() is settings_of(window)
        settle()
        assert settings_of(window).form.language.currentData() == language
        assert catalogue.in_use() == language
        assert load_settings(context.places.settings).language == language
        assert (catalogue.find("Menus", "&Library") or "&Library") in menus_of(window)
        gc.collect()
        assert gone() is None, f"the window before {language} is still there"


def test_the_folders_stay_beside_the_pages(
    front: Front, context: Context, tmp_path: Path, qtbot: QtBot, settle: Settle
) -> None:
    """Nothing of them changes by which another window would hear of them."""
    (tmp_path / "Holiday").rename(tmp_path / "away")
    settle()
    context.folders.read()
    settle()
    problems = front.window.sidebar.pages.item(PAGES.index("problems")).data(AT_END)
    window = choose(front, qtbot, "ko")
    listed = window.sidebar.folders
    assert [listed.item(row).text() for row in range(listed.count())] == ["Holiday"]
    assert listed.item(0).data(SPARE) == "연결되지 않음"
    settle()
    assert window.sidebar.pages.item(PAGES.index("problems")).data(AT_END) == problems == "1"


def test_dates_and_numbers_go_along(front: Front, qtbot: QtBot) -> None:
    written = set()
    for language in ("ko", "de"):
        choose(front, qtbot, language)
        written.add((texts.number(12_345), texts.month_name(1998, 6)))
    assert written == {("12,345", "1998년 6월"), ("12.345", "Juni 1998")}


@pytest.mark.usefixtures("with_models")
def test_a_scan_goes_on(front: Front, context: Context, drawings: Path, qtbot: QtBot) -> None:
    seen = outcomes_of(context)
    context.navigator.go("groups")  # its map follows scans
    context.scanning.scan([drawings])
    qtbot.waitUntil(lambda: context.scanning.job is not None, timeout=PLENTY_MS)
    job = context.scanning.job
    assert job is not None
    job.pause()  # or a quick machine would have read everything by then
    gone = []
    for language in ("ko", "de", "en"):
        gone.append(weakref.ref(front.window))
        bar = choose(front, qtbot, language).job_bar
        assert context.scanning.job is job
        assert bar.job is job
        assert bar.isVisible()

    def all_gone() -> bool:
        gc.unfreeze()  # a scan that begins spares what is there
        gc.collect()
        return [one() for one in gone] == [None] * 3

    # What they had asked for may still be on its way.
    qtbot.waitUntil(all_gone, timeout=SETTLE_MS)
    assert front.window.job_bar.pause_button.accessibleName() == "Go on"
    job.resume()
    qtbot.waitUntil(lambda: bool(seen), timeout=SCAN_MS)
    assert sum(row.state is PhotoState.SCANNED for row in photo_rows(context.library)) >= 120
    qtbot.waitUntil(lambda: not front.window.job_bar.isVisible(), timeout=PLENTY_MS)


def test_the_way_back_and_who_is_selected_are_kept(
    front: Front, context: Context, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    name_people(drawn, "Ada", "Bo")
    settle()
    context.navigator.go("people")
    hand = PeopleHand(front.window, qtbot, settle)
    hand.choose(drawn.people[2])
    hand.page.tools.search.setText("")
    context.navigator.go("person", drawn.people[1])
    settle()
    window = choose(front, qtbot, "de")
    settle()
    context.navigator.back()
    settle()
    assert window.stack.currentWidget() is window.page("person")
    assert window.page("person").title.text() == "Bo"
    context.navigator.back()
    settle()
    page = window.page("people")
    assert isinstance(page, PeoplePage)
    assert page.grid.selected_ids() == [drawn.people[2]]


def test_a_name_that_is_being_typed_is_given_and_can_be_undone(
    front: Front, context: Context, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    settle()
    hand = PeopleHand(front.window, qtbot, settle)
    hand.choose(drawn.people[0])
    hand.press(Qt.Key.Key_F2)
    qtbot.keyClicks(hand.field, "Zoe")
    before = front.window
    language_in_use().choose("de")
    window = renewed(front, before, qtbot)
    settle()
    assert {row.person: row.name for row in people_rows(context.library)}[drawn.people[0]] == "Zoe"
    assert window.stack.currentWidget() is window.page("people")
    assert context.operations.steps.undo is not None
    window.acts["undo"].trigger()
    settle()
    assert {row.person: row.name for row in people_rows(context.library)}[drawn.people[0]] is None


def test_whatever_happens_reaches_the_new_window_only(
    front: Front, context: Context, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    """Pages of the window before would fail here: their widgets are gone."""
    for page in ("review", "unsorted", "photos", "problems", "groups", "learn", "history", "keys"):
        context.navigator.go(page)
        settle()
    context.navigator.go("photo", drawn.photos[0])
    settle()
    choose(front, qtbot, "ko")
    context.changed.emit(Changes(people=frozenset(drawn.people), photos=frozenset(drawn.photos)))
    context.changed_elsewhere.emit()
    context.settings_changed.emit()
    context.operations.name(drawn.people[0], "Ada")
    context.operations.undo()
    for face in drawn.faces[0]:
        context.pictures.arrived.emit(Picture(Shape.CIRCLE, face))
    settle()
    context.told.emit("Said.")
    assert front.window.messages.text.text() == "Said."


def test_an_error_is_told_once(front: Front, context: Context, qtbot: QtBot, settle: Settle) -> None:
    settle()
    told: list[object] = []
    context.failed.connect(told.append)
    for language in ("ko", "de"):
        choose(front, qtbot, language)
    error = LibraryError("The folders are not watched.")
    context.watching.failed.emit(error)
    assert told == [error]


@pytest.mark.parametrize(
    ("language", "system", "taken"),
    [
        ("de", "de_AT", "de_AT"),
        ("ko", "de_AT", "ko_KR"),
        ("en", "de_DE", "en_DE"),
        ("en", "C", "C"),
        ("de", "C", "de_DE"),
        ("en", "en_GB", "en_GB"),
    ],
)
def test_numbers_are_written_as_in_the_systems_country_where_that_speaks_the_language(
    language: str, system: str, taken: str
) -> None:
    assert locale_for(language, QLocale(system)).name() == taken
