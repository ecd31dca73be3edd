"""Grouping anew: what would change is seen first, applied as it was shown, and taken back."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.pages.explorer.page import ExplorerPage
from app.shell.main_window import MainWindow
from engine.library.queries import face_rows
from tests.app.conftest import PLENTY_MS
from tests.app.drawn import DrawnLibrary, name_people


def opened(window: MainWindow, qtbot: QtBot) -> ExplorerPage:
    window.actions_.explorer.trigger()
    page = window.page("explorer")
    assert isinstance(page, ExplorerPage)
    qtbot.waitUntil(lambda: page._job is None, timeout=PLENTY_MS)
    return page


def choose(page: ExplorerPage, name: str, qtbot: QtBot) -> None:
    page.form.algorithm.setFocus()
    while page.form.choice.name != name:
        qtbot.keyClick(page.form.algorithm, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page._tried is not None and page._tried.found.algorithm == name, timeout=PLENTY_MS)


def owners(drawn: DrawnLibrary) -> dict[int, int | None]:
    return {row.face: row.person for row in face_rows(drawn.library)}


def test_a_change_is_shown_applied_and_undone(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    name_people(drawn, "Ada")
    settle()
    before = owners(drawn)
    page = opened(window, qtbot)
    choose(page, "kmeans", qtbot)
    page.form.fields["k"].setValue(2)
    qtbot.waitUntil(lambda: page._tried is not None and page._tried.found.settings.get("k") == 2, timeout=PLENTY_MS)
    assert owners(drawn) == before
    assert page._tried is not None
    moved = page._tried.found.plan.faces_moved
    assert moved > 0
    assert page.model.rowCount() > 0
    qtbot.waitUntil(page.apply_button.isEnabled, timeout=PLENTY_MS)
    qtbot.mouseClick(page.apply_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: owners(drawn) != before, timeout=PLENTY_MS)
    after = owners(drawn)
    assert sum(after[face] != person for face, person in before.items()) == moved
    assert all(after[face] == drawn.people[0] for face in drawn.faces[0])
    settle()
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: owners(drawn) == before, timeout=PLENTY_MS)


def test_what_cannot_be_set_is_not_offered_and_settings_reach_the_plan(window: MainWindow, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    assert not page.form.fields
    choose(page, "hdbscan", qtbot)
    page.form.fields["min_cluster_size"].setValue(5)
    qtbot.waitUntil(
        lambda: page._tried is not None and page._tried.found.settings.get("min_cluster_size") == 5,
        timeout=PLENTY_MS,
    )
    choose(page, "kmeans", qtbot)
    assert page._tried is not None
    assert page._tried.found.settings["k"] >= 1
    assert page.form.values() == {}


def test_where_nothing_would_change_nothing_can_be_applied(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    name_people(drawn, "Ada", "Bo", "Cleo", "Dora")
    settle()
    page = opened(window, qtbot)
    assert page._tried is not None
    assert not page._tried.changes
    assert not page.apply_button.isEnabled()
    assert page.said.text() == "Nothing would change."
