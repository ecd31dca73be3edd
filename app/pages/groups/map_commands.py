"""What is said about faces that are selected on the map."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject, Qt

from app.face_map.hand import Tool
from app.face_map.view import MapView
from app.faces.model import CONFIRMED_FROM
from app.names.known_names import KnownNames
from app.names.likely import LikelyPeople
from app.names.who_field import WhoField
from app.pages.groups.map_actions import MapActions
from app.pages.groups.map_groups import NOBODY
from app.session.context import Context
from engine.library.queries import MappedFaces
from engine.library.states import Aside


class MapCommands(QObject):
    """Turns names and actions into edits of the faces that are selected."""

    def __init__(self, context: Context, view: MapView, actions: MapActions, names: KnownNames) -> None:
        super().__init__(view)
        self._context, self._view, self._names, self._acts = context, view, names, actions
        self.faces: MappedFaces | None = None
        """The faces on the map."""
        self.who = WhoField(names, self.tr("Who is this?"))
        self._likely = LikelyPeople(context, self, self.who.show_likely)
        operations = context.operations
        actions.bind(
            {
                "yes": lambda: self._answer(operations.confirm_each, suggested=True),
                "no": lambda: self._answer(operations.reject_each, suggested=False),
                "name": self.begin_naming,
                "split": lambda: self._do(operations.split_off),
                "aside": lambda: self._do(operations.ignore),
                "no_face": lambda: self._do(lambda faces: operations.ignore(faces, Aside.NO_FACE)),
                "photo": self._open_selected,
                "group": self.select_group,
                "whole": view.fly_to,
                "pan": lambda: self.take_tool(Tool.MOVE),
                "lasso": lambda: self.take_tool(Tool.LASSO),
                "rectangle": lambda: self.take_tool(Tool.RECTANGLE),
            }
        )
        self.who.known.connect(self._give)
        self.who.new.connect(lambda name: self._do(lambda faces: operations.split_off(faces, name)))
        self.who.cancelled.connect(view.setFocus)
        self.who.focused.connect(lambda: self._likely.look_up(self._view.selected_ids()))
        view.opened.connect(self.open_photo)
        self.take_tool(Tool.MOVE)

    def take_tool(self, tool: Tool) -> None:
        """Let dragging do this."""
        self._view.hand.tool = tool
        for one in Tool:
            self._acts[one.value].setChecked(one is tool)
        self._view.setFocus()

    def owners(self, *, suggested: bool) -> dict[int, list[int]]:
        """Return the faces that are selected by whose they are; only those that nobody confirmed, where `suggested`."""
        found: dict[int, list[int]] = {}
        for row in self._rows():
            person = int(self._there().person_ids[row])
            if person != NOBODY and not (suggested and self._there().sources[row] >= CONFIRMED_FROM):
                found.setdefault(person, []).append(int(self._there().face_ids[row]))
        return found

    def begin_naming(self) -> None:
        """Ask who it is."""
        if self._view.selected_ids():
            self.who.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def select_group(self) -> None:
        """Select all faces of the group of the current face."""
        view, row = self._view, self._view.look.current
        if 0 <= row < len(view.scene) and view.scene.groups[row] != NOBODY:
            view.select_rows(np.flatnonzero(view.scene.groups == view.scene.groups[row]))

    def open_photo(self, face: int) -> None:
        """Open the photo of a face."""
        there = self._there()
        rows = np.flatnonzero(there.face_ids == face)
        if len(rows):
            self._context.navigator.go("photo", int(there.photo_ids[rows[0]]))

    def _open_selected(self) -> None:
        for face in self._view.selected_ids()[:1]:
            self.open_photo(face)

    def _answer(self, answer: Callable[[dict[int, list[int]]], None], *, suggested: bool) -> None:
        answers = self.owners(suggested=suggested)
        if answers:
            answer(answers)

    def _give(self, person: int) -> None:
        name = self._names.names.get(person)
        self._do(lambda faces: self._context.operations.move(faces, person, name))

    def _do(self, what: Callable[[list[int]], None]) -> None:
        """Do something with the faces that are selected; they stay selected, so that one sees what became of them."""
        faces = self._view.selected_ids()
        self.who.clear()
        self._view.setFocus()
        if faces:
            what(faces)

    def _rows(self) -> list[int]:
        rows: list[int] = np.flatnonzero(np.isin(self._there().face_ids, self._view.selected_ids())).tolist()
        return rows

    def _there(self) -> MappedFaces:
        assert self.faces is not None  # nothing is selected before there are faces
        return self.faces
