"""A hand on the page that learns."""

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from app.pages.learn.page import LearnPage
from app.shell.main_window import MainWindow
from tests.app.conftest import SCAN_MS
from tests.app.hand import CTRL, Hand, Key


class LearnHand(Hand):
    """A hand on the page, which is opened with its key."""

    def __init__(self, window: MainWindow, qtbot: QtBot, settle: Callable[[], None]) -> None:
        super().__init__(window, qtbot, settle)
        window.activateWindow()
        qtbot.keyClick(window, Key.Key_7, CTRL)
        self.page = self.page_of("learn", LearnPage)
        settle()

    def learn(self) -> None:
        """Press the button with the keys, and wait until something is judged."""
        self.page.start.adapter_button.setFocus()
        self.strike(Key.Key_Space)
        self.wait_until(self.page.verdict.isVisible, SCAN_MS)
        self.settle()

    def lines(self) -> list[str]:
        """What was learnt so far, as the list says it."""
        listed = self.page.history.list
        return [listed.item(row).text() for row in range(listed.count())]
