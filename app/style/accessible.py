"""What screen readers are told of widgets whose kind Qt cannot know."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QComboBox, QWidget

ROLES = {
    "PhotoView": QAccessible.Role.Graphic,
    "MapView": QAccessible.Role.Graphic,
    "Ground": QAccessible.Role.Grouping,
}
"""The roles of our own classes, by name; those of the classes above them are theirs, too."""


def name_without_label(box: QComboBox, words: str) -> None:
    """Say what a box is for that has no label before it.

    On Linux Qt gives what is chosen as the name of a box, since its label is told beside it: so it is the description.
    """
    box.setAccessibleName(words)
    box.setAccessibleDescription(words)


def install_roles() -> None:
    """Tell Qt, once a process, which roles these have."""
    QAccessible.installFactory(_interface)


def _interface(kind: str, asked: QObject) -> QAccessibleInterface | None:
    if kind in ROLES and isinstance(asked, QWidget):
        return QAccessibleWidget(asked, ROLES[kind])
    return None
