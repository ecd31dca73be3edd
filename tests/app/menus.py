"""Context menus: asked for with the mouse or with the menu key, seen, and closed."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tests.app.conftest import PLENTY_MS


def right_click(qtbot: QtBot, widget: QWidget, point: QPoint) -> None:
    """Press the right button in a widget; Qt makes the menu event of a press of the window system, not of this one."""
    qtbot.mousePress(widget, Qt.MouseButton.RightButton, pos=point)
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(widget, QContextMenuEvent(reason, point, widget.mapToGlobal(point)))
    qtbot.mouseRelease(widget, Qt.MouseButton.RightButton, pos=point)


def press_menu_key() -> None:
    """Ask for the menu of what has the focus; the offscreen platform makes no such event of the key itself."""
    focused = QApplication.focusWidget()
    assert focused is not None, "nothing has the focus"
    middle = focused.rect().center()
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(focused, QContextMenuEvent(reason, middle, focused.mapToGlobal(middle)))


def menu_in_sight() -> QMenu:
    """Return the menu that is open."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu), f"no menu is open but {menu}"
    return menu


def texts_of(menu: QMenu) -> list[str]:
    """Return the entries that are seen, in their order."""
    return [action.text() for action in menu.actions() if action.isVisible() and not action.isSeparator()]


def close_menus(qtbot: QtBot) -> None:
    """Press Esc until no menu is open, submenus first."""
    while (menu := QApplication.activePopupWidget()) is not None:
        qtbot.keyClick(menu, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda shut=menu: QApplication.activePopupWidget() is not shut, timeout=PLENTY_MS)
