"""What is said about nobody's faces: a name for a group or a selection, or that they do not matter."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject, QPoint, Qt

from app.faces.face_board import FaceBoard
from app.faces.face_order import Arrangement
from app.names.known_names import KnownNames
from app.names.likely import LikelyPeople
from app.names.name_edit import Asks
from app.names.who_field import WhoField
from app.pages.unsorted.actions import UnsortedActions
from app.pages.unsorted.arrangement import NOBODY, Grouped
from app.pages.unsorted.group_grid import GroupGrid
from app.pages.unsorted.strangers_menu import StrangersMenu
from app.session.context import Context
from engine.library.states import Aside


class UnsortedCommands(QObject):
    """Turns names and actions into edits of the faces that are meant."""

    def __init__(
        self, context: Context, board: FaceBoard, grid: GroupGrid, actions: UnsortedActions, names: KnownNames
    ) -> None:
        super().__init__(board)
        self._context, self._board, self._grid, self._names = context, board, grid, names
        self.groups = Grouped(Arrangement(np.empty(0, np.int64)), ())
        """What the page shows."""
        self.who = WhoField(names, self.tr("Who is this?"))
        grid.field.tell_apart(names.namesakes, Asks.KNOWN_OR_NEW)
        self.menu = StrangersMenu(context, board)
        self._likely = LikelyPeople(context, self, self._show_likely)
        actions.bind(
            {
                "name": self.begin_naming,
                "group": self._select_current_group,
                "yes": lambda: self._answer(context.operations.confirm_each),
                "no": lambda: self._answer(context.operations.reject_each),
                "aside": lambda: context.operations.ignore(board.take()),
                "no_face": lambda: context.operations.ignore(board.take(), Aside.NO_FACE),
                "restore": lambda: context.operations.restore(board.take()),
                "strangers": self._open_menu,
            }
        )
        self.who.known.connect(self._give_chosen)
        self.who.new.connect(self._found_chosen)
        self.who.cancelled.connect(board.focus)
        self.who.focused.connect(lambda: self._look_for_likely(board.chosen()))
        grid.opened.connect(self._look_for_likely_of)
        grid.head_clicked.connect(self.select_group)
        grid.agreed.connect(self._agree)
        grid.named.connect(self._name_group)
        grid.left.connect(self._name_left_group)
        names.changed.connect(self._offer)

    def offered(self) -> dict[int, list[int]]:
        """Return those of the faces that are meant which are offered to somebody, by person.

        Where none are meant it is the current section that is.
        """
        chosen = self._board.chosen() or self._board.ids_of(self._grid.rows_of_current())
        faces = np.array(chosen, np.int64)
        people = self.groups.offered_in(self._grid.sections_of_faces(faces))
        return {int(who): faces[people == who].tolist() for who in np.unique(people) if who != NOBODY}

    def _answer(self, answer: Callable[[dict[int, list[int]]], None]) -> None:
        """Say yes or no to the faces that are meant."""
        answers = self.offered()
        if answers:
            self._board.take()
            answer(answers)

    def _agree(self, section: int) -> None:
        """Say yes to a section: to the selected faces of it, if there are any, else to all."""
        faces = self._board.ids_of(self._grid.rows_of(section))
        chosen = set(self._board.chosen())
        self._context.operations.confirm_each(
            {self.groups.offered_to(section): [face for face in faces if face in chosen] or faces}
        )

    def begin_naming(self) -> None:
        """Ask who it is: the selected faces if there are several or they are in no group, else the current group."""
        section = self._current_section()
        several = self._board.count() > 1 or self._board.preview.face is not None
        if not several and self._grid.begin_naming(section):
            return
        row = self._grid.currentIndex().row()
        if not self._board.count() and row >= 0:
            self._board.select_rows(range(row, row + 1))
        if self._board.count():
            self.who.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def select_group(self, section: int) -> None:
        """Select a section's faces."""
        rows = self._grid.rows_of(section)
        if rows:
            self._board.select_rows(rows)

    def aim_menu(self) -> None:
        """Let the menu count the faces around the photo of the current face."""
        self.menu.aim(self._board.current_photo())

    def _open_menu(self) -> None:
        self.aim_menu()
        bar = self.who.parentWidget() or self.who
        self.menu.popup(bar.mapToGlobal(QPoint(bar.width() // 2, -self.menu.sizeHint().height())))

    def _select_current_group(self) -> None:
        section = self._current_section()
        if section >= 0:
            self.select_group(section)

    def _current_section(self) -> int:
        return self._grid.tiles.section_of(self._grid.currentIndex().row())

    def _give_chosen(self, person: int) -> None:
        self._hand_over(self._board.take(), "", person)
        self._finish()

    def _found_chosen(self, name: str) -> None:
        self._hand_over(self._board.take(), name, None)
        self._finish()

    def _name_group(self, section: int, name: str) -> None:
        """Name a whole group and go on to the next one."""
        faces, person = self._board.ids_of(self._grid.rows_of(section)), self._meant(name)
        self._grid.begin_naming(section + 1)
        self._hand_over(faces, name, person)
        self._finish()

    def _name_left_group(self, section: int, name: str) -> None:
        """Name a whole group whose field was left; the user is elsewhere already."""
        self._hand_over(self._board.ids_of(self._grid.rows_of(section)), name, self._meant(name))

    def _meant(self, name: str) -> int | None:
        return self._names.meant(name, self._grid.field.chosen)

    def _hand_over(self, faces: list[int], name: str, person: int | None) -> None:
        """Give faces to a person who is known, or to a new one of this name."""
        if not faces:
            return
        if person is not None:
            self._context.operations.move(faces, person, self._names.names.get(person))
        else:
            self._context.operations.split_off(faces, " ".join(name.split()))

    def _finish(self) -> None:
        self.who.clear()
        if self._grid.naming < 0:
            self._board.focus()

    def _look_for_likely_of(self, section: int) -> None:
        self._look_for_likely(self._board.ids_of(self._grid.rows_of(section)))

    def _look_for_likely(self, faces: list[int]) -> None:
        self._offer()
        if faces:
            self._likely.look_up(faces)

    def _show_likely(self, people: list[int]) -> None:
        self._grid.field.set_names(self._names.first(people))
        self.who.show_likely(people)

    def _offer(self) -> None:
        self._grid.field.set_names(self._names.names)
