"""What is said about a person's faces: each action of the page becomes an edit of the faces that are meant."""

from collections.abc import Callable
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Signal

from app.faces.face_board import FaceBoard
from app.faces.model import is_confirmed
from app.merging.with_whom import WithWhom
from app.names.known_names import KnownNames
from app.names.likely import LikelyPeople
from app.pages.person.actions import PersonActions
from app.pages.person.arrangement import Arranged
from app.pages.person.birth import ask_birth
from app.pages.person.copying import CopyingPhotos
from app.pages.person.forgetting import Forgetting
from app.pages.person.move_bar import MoveBar
from app.pages.person.reading import PersonSeen
from app.session.context import Context
from engine.library.states import Aside


class PersonCommands(QObject):
    """Knows whose page it is and which faces the board means; the page tells it whenever either changes."""

    refused = Signal(int)
    """So many faces were said not to be the person; the edit is under way."""
    moving = Signal()
    """The bar that asks to whom faces are moved was opened or closed."""

    def __init__(self, context: Context, board: FaceBoard, actions: PersonActions, names: KnownNames) -> None:
        super().__init__(board)
        self._context, self._board, self._actions, self._names = context, board, actions, names
        self._shown: Arranged | None = None
        self._seen, self._forgetting = PersonSeen(), Forgetting(context, board)
        self._copying = CopyingPhotos(context, names, board)
        self.move_bar = MoveBar(names)
        self._likely = LikelyPeople(context, self, self.move_bar.who.show_likely)
        actions.bind(
            {
                "confirm": self._confirm,
                "reject": self._reject,
                "aside": lambda: context.operations.ignore(board.take()),
                "no_face": lambda: context.operations.ignore(board.take(), Aside.NO_FACE),
                "cover": self._set_cover,
                "move": self.begin_moving,
                "confirm_all": self._confirm_sure,
                "reject_all": self._reject_all,
                "hide": self._turn_hidden,
                "unname": lambda: self.with_person(lambda person: context.operations.name(person, "")),
                "forget": self._forget,
                "copy_photos": lambda: self.with_person(self._copying.begin),
                "birth": self._ask_birth,
                "merge": lambda: self.with_person(self._merge),
                "photos": lambda: self.with_person(lambda person: context.navigator.go("photos_of", person)),
            }
        )
        self.move_bar.who.known.connect(self._move)
        self.move_bar.who.new.connect(self._found)
        self.move_bar.nameless.connect(lambda: self._found(""))
        self.move_bar.closed.connect(self.end_moving)

    def show(self, seen: PersonSeen) -> None:
        """Speak of this person from now on."""
        self._seen = seen
        if seen.row is not None:
            self._actions.show_person(seen.row)
        self.update_target()

    def update_target(self) -> None:
        """Offer what makes sense with the faces that are meant now."""
        chosen = np.array(self._board.chosen(), np.int64)
        suggested = self._seen.faces.face_ids[self._seen.suggested()]
        self._actions.set_target(len(chosen), int(np.isin(chosen, suggested).sum()))

    def _merge(self, person: int) -> None:
        """Ask with whom the person is one, and go where the faces are then."""
        WithWhom(self._context, person, partial(self._context.navigator.go, "person"), self._board.window()).open()

    def begin_moving(self) -> None:
        """Ask to whom the faces go, the likeliest people first."""
        faces = self._board.chosen()
        if not faces:
            return
        self.move_bar.open(faces)
        self.moving.emit()
        self._likely.look_up(faces, self._person())

    def end_moving(self) -> None:
        """Move nothing."""
        self._likely.forget()
        if self.move_bar.isVisible():
            self.move_bar.hide()
            self.moving.emit()
            self._board.focus()

    def _forget(self) -> None:
        if self._seen.row is not None:
            self._forgetting.begin(self._seen.row)

    def _ask_birth(self) -> None:
        if self._seen.row is not None:
            ask_birth(self._context, self._seen.row, self._board)

    def _confirm(self) -> None:
        """Confirm those that are suggestions; the others are confirmed already."""
        faces, confirmed = self._seen.faces, is_confirmed(self._seen.faces)
        chosen = self._board.take()
        open_ = faces.face_ids[np.isin(faces.face_ids, chosen) & ~confirmed].tolist()
        if open_:
            self.with_person(lambda person: self._context.operations.confirm(person, open_))

    def ask_about(self, shown: Arranged) -> None:
        """Let the answers to all mean these suggestions."""
        self._shown = shown
        self._actions.ask_about(shown.sure, shown.sure + shown.doubtful)

    def _confirm_sure(self) -> None:
        sure = self._shown.sure_ones if self._shown is not None else []
        if sure:
            self.with_person(lambda person: self._context.operations.confirm(person, sure))

    def _reject_all(self) -> None:
        shown = self._shown.suggested if self._shown is not None else []
        if shown:
            self._refuse(shown)

    def _reject(self) -> None:
        chosen = self._board.take()
        if chosen:
            self._refuse(chosen)

    def _refuse(self, faces: list[int]) -> None:
        self.with_person(lambda person: self._context.operations.reject(person, faces))
        self.refused.emit(len(faces))

    def _set_cover(self) -> None:
        (face,) = self._board.chosen()
        self.with_person(lambda person: self._context.operations.set_cover(person, face))

    def _turn_hidden(self) -> None:
        row, operations = self._seen.row, self._context.operations
        if row is not None:
            (operations.show if row.hidden else operations.hide)([row.person])

    def _move(self, person: int) -> None:
        faces = self._moved()
        if faces and person != self._person():
            self._context.operations.move(faces, person, self._names.names.get(person))

    def _found(self, name: str) -> None:
        faces = self._moved()
        if faces:
            self._context.operations.split_off(faces, name or None)

    def _moved(self) -> list[int]:
        """Return the faces that were asked about; the board goes on to the next."""
        faces = self.move_bar.faces
        if faces == self._board.chosen():
            self._board.take()
        self.end_moving()
        return faces

    def with_person(self, do: Callable[[int], None]) -> None:
        """Do something with the person, if there is one."""
        if self._seen.row is not None:
            do(self._seen.row.person)

    def _person(self) -> int:
        return self._seen.row.person if self._seen.row is not None else -1
