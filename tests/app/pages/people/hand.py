"""A hand on the people page: what a test does there with keys and mouse, and what it sees."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication

from app.grid.tile import TILE
from app.merging.dialog import MergeDialog
from app.names.name_edit import NameEdit
from app.pages.people.delegate import PersonDelegate
from app.pages.people.page import PeoplePage
from tests.app.hand import LEFT, NONE, Hand


@dataclass
class PeopleHand(Hand):
    """A hand on the page that the window begins with."""

    def __post_init__(self) -> None:
        page = self.page_of("people", PeoplePage)
        self.page, self.grid, self.model = page, page.grid, page.model
        self.window.activateWindow()
        self.settle()

    @property
    def field(self) -> NameEdit:
        """The field that is open and has the focus."""
        focused = QApplication.focusWidget()
        assert isinstance(focused, NameEdit)
        return focused

    def shown(self) -> list[str]:
        """The titles of all tiles, in their order."""
        return [self.model.index(row).data(TILE).title for row in range(self.model.rowCount())]

    def people(self) -> list[int]:
        """The ids of all tiles, in their order."""
        return [int(person) for person in self.model.ids]

    def place(self, person: int) -> QRect:
        """Where a person's tile lies in the grid's viewport, scrolled into sight."""
        index = self.model.index(self.model.row_of(person))
        self.grid.scrollTo(index)
        return self.grid.visualRect(index)

    def title(self, person: int) -> QPoint:
        """Where a person's name stands."""
        delegate = self.grid.itemDelegate()
        assert isinstance(delegate, PersonDelegate)
        return delegate.title_rect(self.place(person)).center()

    def circle(self, person: int) -> QPoint:
        """The middle of a person's circle."""
        place = self.place(person)
        return QPoint(place.center().x(), place.top() + place.width() // 2)

    def click(self, point: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Click somewhere in the grid."""
        self.qtbot.mouseClick(self.grid.viewport(), LEFT, modifiers, point)
        self.settle()

    def choose(self, *people: int) -> None:
        """Select people with the mouse, holding Ctrl."""
        for place, person in enumerate(people):
            self.click(self.circle(person), Qt.KeyboardModifier.ControlModifier if place else NONE)

    def dialog(self) -> MergeDialog:
        """The merge dialog that is open."""
        found = [dialog for dialog in self.window.findChildren(MergeDialog) if dialog.isVisible()]
        assert len(found) == 1
        return found[0]
