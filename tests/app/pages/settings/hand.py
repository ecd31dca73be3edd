"""A hand on the page of settings."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.pages.settings.page import SettingsPage
from app.shell.main_window import MainWindow
from app.widgets.goodbye import Goodbye
from tests.app.hand import CTRL, LEFT, Hand, Key


class SettingsHand(Hand):
    """A hand on the page, which is opened with its key."""

    def __init__(self, window: MainWindow, qtbot: QtBot, settle: Callable[[], None]) -> None:
        super().__init__(window, qtbot, settle)
        qtbot.keyClick(window, Key.Key_Comma, CTRL)
        self.page = self.page_of("settings", SettingsPage)
        self.wait_until(lambda: self.page.form.detector.count() > 0)

    def models(self) -> list[list[str]]:
        """The lines of the list of models."""
        listed = self.page.models.list
        lines = [listed.topLevelItem(row) for row in range(listed.topLevelItemCount())]
        return [[line.text(column) for column in range(listed.columnCount())] for line in lines]

    def choose_model(self, name: str) -> None:
        """Choose a line of that list."""
        listed = self.page.models.list
        listed.setCurrentItem(listed.topLevelItem([line[5] for line in self.models()].index(name)))

    def state_of_model(self, name: str) -> str:
        """What that list says of a model."""
        return next(line[1] for line in self.models() if line[5] == name)

    def ask_to_erase(self) -> Goodbye:
        """Press the button that erases, and return the question that it asks."""
        self.page.erase_button.click()
        self.wait_until(lambda: isinstance(QApplication.activeModalWidget(), Goodbye))
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, Goodbye)
        return dialog

    def erase(self) -> None:
        """Erase all face data; what comes of it is not waited for."""
        self.qtbot.mouseClick(self.ask_to_erase().go, LEFT)
