"""What the page does with the people who are selected."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QObject

from app.files.actions import CopyActions
from app.files.carrying import carry_files
from app.files.files_of import files_of_people
from app.merging.dialog import ask_to_merge
from app.merging.with_whom import WithWhom
from app.pages.people.grid import PeopleGrid
from app.pages.people.merge_motion import move_together
from app.pages.people.model import PeopleModel
from app.session.context import Context
from engine.library.queries import PersonRow


class PeopleCommands(QObject):
    """Each acts on the selection; merging asks first."""

    def __init__(self, context: Context, grid: PeopleGrid, model: PeopleModel) -> None:
        super().__init__(grid)
        self._context, self._grid, self._model = context, grid, model
        self.files = CopyActions(context, grid.selected_ids, files_of_people, grid)
        carry_files(context, grid, model, files_of_people)

    def chosen(self) -> list[PersonRow]:
        """Return the people who are selected."""
        return self._model.people(self._grid.selected_ids())

    def choose(self, people: Sequence[int], current: int | None) -> None:
        """Select people, and make one the current one and bring them into sight."""
        row = -1 if current is None else self._model.row_of(current)
        if row >= 0:
            index = self._model.index(row)
            self._grid.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self._grid.scrollTo(index)
        self._grid.select_ids(list(people))

    def open(self) -> None:
        """Go to the person who is selected, or to the current one."""
        people = self._grid.selected_ids()
        person = people[0] if len(people) == 1 else self._grid.current_id()
        if person is not None:
            self._context.navigator.go("person", person)

    def open_first(self) -> None:
        """Go to the first person in the grid."""
        if self._model.rowCount():
            self._context.navigator.go("person", int(self._model.ids[0]))

    def merge(self) -> None:
        """Ask whether the selected people are one; the current one stays, if they are among them."""
        people, current = self._grid.selected_ids(), self._grid.current_id()
        if len(people) > 1:
            self.merge_onto(people, current if current in people else people[0])

    def merge_with(self) -> None:
        """Ask with whom the one who is selected is one."""
        people = self._grid.selected_ids()
        if len(people) == 1:
            WithWhom(self._context, people[0], lambda kept: self.choose([kept], kept), self._grid.window()).open()

    def merge_onto(self, people: Sequence[int], onto: int | None) -> None:
        """Ask whether people are one with somebody."""
        if onto is not None:
            asked = [onto, *(person for person in people if person != onto)]
            ask_to_merge(self._context, asked, self._grid.window(), lambda kept: self.show_joined(asked, kept))

    def show_joined(self, people: Sequence[int], kept: int) -> None:
        """Show who the people are now; the library has just made them one."""
        self.choose([kept], kept)
        if self._context.motion.wanted:
            move_together(self._grid, self._model, people, kept)

    def tell_apart(self) -> None:
        """Note that two people are two."""
        people = self._grid.selected_ids()
        if len(people) == 2:
            one, other = people
            self._context.operations.tell_apart(one, other)

    def hide(self) -> None:
        """Keep the selected people out of sight."""
        people = [row.person for row in self.chosen() if not row.hidden]
        if people:
            self._context.operations.hide(people)

    def show(self) -> None:
        """Bring the selected people back."""
        people = [row.person for row in self.chosen() if row.hidden]
        if people:
            self._context.operations.show(people)
