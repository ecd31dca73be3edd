"""Every context menu opens as often as it is asked for, with the mouse and with the menu key."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.shell.main_window import MainWindow
from app.shell.pages import PAGES
from tests.app.conftest import PLENTY_MS
from tests.app.drawn import DrawnLibrary
from tests.app.menus import close_menus, menu_in_sight, press_menu_key, right_click, texts_of
from tests.app.pages.person.hand import PersonHand
from tests.app.pages.unsorted.hand import UnsortedHand, scatter
from tests.app.test_accessibility import subject_of

Key, Settle = Qt.Key, Callable[[], None]
ASKING = {
    "people": ["PeopleGrid"],
    "person": ["FaceBoard"],
    "unsorted": ["FaceBoard"],
    "photos": ["PhotosPage"],
    "photos_of": ["PhotosPage"],
    "photo": ["FaceList", "PhotoCanvas"],
}
"""What answers a right-click with a menu of ours, a page each; every other page has none."""


def asks(widget: QWidget) -> bool:
    """Say whether a widget in sight answers a right-click with a menu of ours."""
    ours = [kind for kind in type(widget).__mro__ if kind.__module__.startswith("app.")]
    return widget.isVisible() and any("contextMenuEvent" in vars(kind) for kind in ours)


def asking(root: QWidget) -> list[QWidget]:
    return [widget for widget in (root, *root.findChildren(QWidget)) if asks(widget)]


def spot(widget: QWidget) -> tuple[QWidget, QPoint]:
    """Return where to press: the first row of what lists something, else the middle."""
    inside = [one for one in widget.findChildren(QAbstractItemView) if one.isVisible()]
    for view in [widget, *inside]:
        if isinstance(view, QAbstractItemView) and view.model().rowCount():
            return view.viewport(), view.visualRect(view.model().index(0, 0)).center()
    return widget, widget.rect().center()


def entries(ask: Callable[[], None], qtbot: QtBot, settle: Settle) -> list[str]:
    """Open a menu, close it with Esc, and return what it offered."""
    ask()
    settle()
    offered = texts_of(menu_in_sight())
    close_menus(qtbot)
    settle()
    return offered


def assert_opens_again(widget: QWidget, qtbot: QtBot, settle: Settle) -> None:
    """With the mouse and with the menu key, each twice, and always with the same entries."""
    view, point = spot(widget)
    first = entries(lambda: right_click(qtbot, view, point), qtbot, settle)
    assert len(first) > 0
    assert entries(lambda: right_click(qtbot, view, point), qtbot, settle) == first
    for _ in range(2):
        assert entries(press_menu_key, qtbot, settle) == first


@pytest.mark.parametrize("name", list(PAGES))
def test_menus_of_a_page(name: str, window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle) -> None:
    scatter(drawn)
    window.activateWindow()
    window.context.navigator.go(name, subject_of(name, drawn))
    settle()
    found = sorted(asking(window.page(name)), key=lambda widget: type(widget).__name__)
    assert [type(widget).__name__ for widget in found] == ASKING.get(name, [])
    for widget in found:
        assert_opens_again(widget, qtbot, settle)


def test_the_menu_of_a_folder(window: MainWindow, qtbot: QtBot, settle: Settle) -> None:
    settle()
    window.activateWindow()
    assert asking(window.sidebar) == [window.sidebar.folders]
    window.sidebar.folders.setFocus()
    assert_opens_again(window.sidebar.folders, qtbot, settle)


@pytest.mark.parametrize("page", ["person", "unsorted"])
def test_the_menu_of_a_face_that_is_shown_large(
    page: str, window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    scatter(drawn)
    settle()
    person = drawn.people[0]
    hand = PersonHand(window, qtbot, settle, person) if page == "person" else UnsortedHand(window, qtbot, settle)
    hand.click(hand.faces()[0])
    hand.press(Key.Key_Space)
    assert hand.board.preview.isVisible()
    assert_opens_again(hand.board, qtbot, settle)


def test_everyone_unnamed_by_key_and_from_the_context_menu_in_turn(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    scatter(drawn)
    hand = UnsortedHand(window, qtbot, settle)
    face = hand.faces()[0]
    hand.click(face)
    expected = entries(lambda: hand.press(Key.Key_E), qtbot, settle)
    for _ in range(2):
        right_click(qtbot, hand.grid.viewport(), hand.place(face).center())
        settle()
        opened = menu_in_sight()
        while opened.activeAction() is not hand.page.commands.menu.menuAction():
            qtbot.keyClick(opened, Key.Key_Up)
        qtbot.keyClick(opened, Key.Key_Right)
        qtbot.waitUntil(lambda outer=opened: QApplication.activePopupWidget() is not outer, timeout=PLENTY_MS)
        assert texts_of(menu_in_sight()) == expected
        close_menus(qtbot)
        settle()
        assert entries(lambda: hand.press(Key.Key_E), qtbot, settle) == expected


@pytest.mark.parametrize("page", ["person", "photo"])
def test_the_menu_behind_more(page: str, window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle) -> None:
    scatter(drawn)
    window.activateWindow()
    window.context.navigator.go(page, subject_of(page, drawn))
    settle()
    (menu,) = [one for one in window.page(page).findChildren(QMenu) if one.actions()]
    button = menu.parentWidget()
    assert isinstance(button, QWidget)

    def press() -> None:
        QTimer.singleShot(0, lambda: seen.append(texts_of(menu_in_sight())))
        QTimer.singleShot(0, lambda: close_menus(qtbot))
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    seen: list[list[str]] = []
    press()
    press()
    assert len(seen) == 2
    assert seen[0] == seen[1] != []
