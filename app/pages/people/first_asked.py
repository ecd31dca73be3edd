"""The first question of the page: who the largest group without a name is."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from app.pages.page import Page
from app.pages.people.model import PeopleModel
from app.pages.people.naming import Naming


class FirstAsked(QObject):
    """Asks by itself, once, where nobody has a name yet; and when it is told to, as soon as anybody is known."""

    def __init__(self, page: Page, model: PeopleModel, naming: Naming) -> None:
        super().__init__(page)
        self._page, self._model, self._naming = page, model, naming
        self._known = self._wanted = self._asked = False

    def begin(self) -> None:
        """Ask for the name of whoever has most faces of those without one."""
        self._wanted = not self._known
        if self._known:
            self._naming.begin_largest()

    def follow(self) -> None:
        """People have been read: ask now, where that is wanted, or where the keys are nowhere else."""
        self._known = True
        if self._wanted:
            self.begin()
        elif not (self._asked or self._model.tally.named) and self._model.groups.unnamed and self._is_free():
            self._asked = True
            self._naming.begin_largest()

    def _is_free(self) -> bool:
        if not self._page.isVisible() or QApplication.activeModalWidget() is not None:
            return False
        focused = QApplication.focusWidget()
        return focused is None or focused is self._page or focused is self._naming.grid
