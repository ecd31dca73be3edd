"""Menus that open where the pointer is."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget


def pop_up(owner: QWidget, actions: list[list[QAction]], point: QPoint) -> None:
    """Show groups of actions as a menu at a point of the screen; it is gone once it is closed.

    A menu that lasts is given as its `menuAction()`: what `QMenu.addMenu` takes belongs to this one and goes with it.
    """
    menu = QMenu(owner)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for group in actions:
        menu.addActions(group)
        menu.addSeparator()
    menu.popup(point)
