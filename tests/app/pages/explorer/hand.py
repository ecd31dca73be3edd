"""A hand on the page that groups anew: what is chosen, and what it would change."""

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from app.pages.explorer.page import ExplorerPage, Tried
from app.shell.main_window import MainWindow
from tests.app.conftest import SCAN_MS
from tests.app.hand import Hand, Key


class ExplorerHand(Hand):
    """A hand on the page, which is opened from its menu."""

    def __init__(self, window: MainWindow, qtbot: QtBot, settle: Callable[[], None]) -> None:
        super().__init__(window, qtbot, settle)
        settle()
        window.activateWindow()
        window.acts["explorer"].trigger()
        self.page = self.page_of("explorer", ExplorerPage)
        self.outcome()

    def outcome(self) -> Tried:
        """What the page shows of that which is chosen, once it is found out."""
        self.wait_until(lambda: self.page.tried is not None, SCAN_MS)
        tried = self.page.tried
        assert tried is not None
        return tried

    def choose(self, name: str) -> Tried:
        """Choose an algorithm with the keys."""
        self.page.form.algorithm.setFocus()
        while self.page.form.choice.name != name:
            self.qtbot.keyClick(self.page.form.algorithm, Key.Key_Down)
        found = self.outcome()
        assert found.found.algorithm == name
        return found

    def set(self, field: str, value: int) -> Tried:
        """Give a setting of the algorithm a value."""
        self.page.form.fields[field].setValue(value)
        found = self.outcome()
        assert found.found.settings[field] == value
        return found
