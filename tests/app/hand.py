"""A hand in the window: keys and mouse as a user has them. The hand of a page knows also what is seen there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.pages.page import Page
from app.session.navigation import Place
from app.shell.main_window import MainWindow
from tests.app.conftest import PLENTY_MS

Key = Qt.Key
NONE, CTRL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
LEFT = Qt.MouseButton.LeftButton

SomePage = TypeVar("SomePage", bound=Page)


@dataclass
class Hand:
    """`settle` waits until everything that was asked for has arrived."""

    window: MainWindow
    qtbot: QtBot
    settle: Callable[[], None]

    @property
    def here(self) -> Place | None:
        """The page that is shown, and of what."""
        return self.window.context.navigator.here

    @property
    def said(self) -> str:
        """What the message bar says."""
        return self.window.messages.text.text()

    def page_of(self, name: str, kind: type[SomePage]) -> SomePage:
        """Return a page as what it is."""
        page = self.window.page(name)
        assert isinstance(page, kind)
        return page

    def go(self, page: str, subject: int | None = None) -> None:
        """Go to a page, with the window in front, and wait for what it shows."""
        self.window.activateWindow()
        self.window.context.navigator.go(page, subject)
        self.settle()

    def strike(self, key: Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press a key where the focus is, and wait for nothing."""
        self.qtbot.keyClick(self.focused(), key, modifiers)

    def press(self, key: Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press a key where the focus is."""
        self.strike(key, modifiers)
        self.settle()

    def type(self, text: str) -> None:
        """Type where the focus is; every letter goes where the focus is then."""
        for letter in text:
            self.qtbot.keyClicks(self.focused(), letter)
        self.settle()

    def undo(self) -> None:
        """Take the last step back, by key."""
        self.press(Key.Key_Z, CTRL)

    def click_on(self, widget: QWidget, point: QPoint | None = None) -> None:
        """Click a widget, in its middle unless a point in it is given."""
        self.qtbot.mouseClick(widget, LEFT, NONE, point or widget.rect().center())
        self.settle()

    def click_button(self, root: QWidget, start: str) -> None:
        """Click the button that can be seen and whose text starts so."""
        found = [one for one in root.findChildren(QPushButton) if one.text().startswith(start) and one.isVisible()]
        assert len(found) == 1, [one.text() for one in root.findChildren(QPushButton) if one.isVisible()]
        self.click_on(found[0])

    def pick(self, box: QComboBox, text: str) -> None:
        """Open a box and choose a line of it with the keys."""
        self.qtbot.mouseClick(box, LEFT)
        box.view().setCurrentIndex(box.model().index(box.findText(text), 0))
        self.qtbot.keyClick(box.view(), Key.Key_Return)
        self.settle()

    def wait_until(self, holds: Callable[[], object], most: int = PLENTY_MS) -> None:
        """Wait for what can be seen, at most so many milliseconds."""
        self.qtbot.waitUntil(lambda: bool(holds()), timeout=most)

    def focused(self) -> QWidget:
        """Return the widget that has the focus; the window comes to the front where none has."""
        if QApplication.focusWidget() is None:
            self.window.activateWindow()  # no window system does it here when a dialog closes
            self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None, timeout=PLENTY_MS)
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget
