"""Where one is is always to be seen, and the way back is above what one came to."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from app.shell.about import About
from app.shell.main_window import MainWindow
from app.shell.pages import PAGES
from tests.app.conftest import PLENTY_MS, widget_named
from tests.app.drawn import DrawnLibrary, name_people
from tests.app.test_accessibility import subject_of

Settle = Callable[[], None]
LEFT = Qt.MouseButton.LeftButton


def lit(window: MainWindow) -> list[str]:
    """The lines of the sidebar that are marked."""
    sidebar = window.sidebar
    lists = (sidebar.pages, sidebar.folders, sidebar.foot)
    return [one.currentItem().text() for one in lists if one.currentRow() >= 0]


def shown_way(window: MainWindow) -> list[str]:
    buttons = [one for one in window.crumbs.findChildren(QToolButton) if one.isVisible()]
    return [button.text() for button in buttons if button.text()]


@pytest.mark.parametrize("name", list(PAGES))
def test_one_line_of_the_sidebar_is_always_marked(
    name: str, window: MainWindow, drawn: DrawnLibrary, settle: Settle
) -> None:
    settle()
    window.context.navigator.go(name, subject_of(name, drawn))
    settle()
    assert len(lit(window)) == 1


def test_the_way_is_shown_and_leads_back(window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle) -> None:
    name_people(drawn, "Ada & Bo")
    settle()
    navigator = window.context.navigator
    assert not window.crumbs.isVisible()
    navigator.go("person", drawn.people[0])
    settle()
    assert shown_way(window) == ["People"]
    navigator.go("photo", drawn.photos[0])
    settle()
    assert shown_way(window) == ["People", "Ada && Bo"]
    assert lit(window) == ["People"]
    qtbot.mouseClick(widget_named(window, "Back to People"), LEFT)
    settle()
    assert navigator.here is not None
    assert navigator.here.page == "people"
    assert not navigator.can_go_back
    assert not window.crumbs.isVisible()


def test_somebodys_photos_are_told_from_all_of_them(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    name_people(drawn, "Ada")
    settle()
    for place in (("photos", None), ("photos_of", drawn.people[0]), ("photo", drawn.photos[0])):
        window.context.navigator.go(*place)
        settle()
    assert shown_way(window) == ["Photos", "Photos with Ada"]


def test_the_button_goes_one_place_back(window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle) -> None:
    settle()
    navigator = window.context.navigator
    navigator.go("photos")
    navigator.go("photo", drawn.photos[0])
    settle()
    assert lit(window) == ["Photos"]
    qtbot.mouseClick(window.crumbs.back, LEFT)
    settle()
    assert navigator.here is not None
    assert navigator.here.page == "photos"


def test_menus_have_their_groups(window: MainWindow) -> None:
    menus = {action.text().replace("&", ""): action.menu() for action in window.menuBar().actions()}
    assert list(menus) == ["Library", "Edit", "View", "People", "Help"]
    for name in ("Library", "Edit", "View", "People"):
        assert any(action.isSeparator() for action in menus[name].actions()), name
    assert "Name the next person" in [action.text() for action in menus["People"].actions()]


def test_the_next_person_is_asked_for_from_the_menu(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    window.context.navigator.go("photos")
    settle()
    window.activateWindow()
    window.acts["name_next"].trigger()
    people = window.page("people")
    qtbot.waitUntil(lambda: people.naming.person == drawn.people[0], timeout=PLENTY_MS)  # type: ignore[attr-defined]


def test_the_version_is_told(window: MainWindow, qtbot: QtBot) -> None:
    window.acts["about"].trigger()
    (about,) = window.findChildren(About)
    texts = [label.text() for label in about.findChildren(type(window.job_bar.text))]
    assert any(text.startswith("Version 0.1") for text in texts)
    assert any("Apache License 2.0" in text for text in texts)
    qtbot.keyClick(about, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(About), timeout=PLENTY_MS)
