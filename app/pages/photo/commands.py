"""What is done with the face that is meant: each action becomes an edit, or leads to the person."""

from collections.abc import Callable

from app.pages.photo.actions import PhotoActions
from app.session.context import Context
from engine.library.queries import FaceRow
from engine.library.states import Aside


class PhotoCommands:
    """One method an action; where no face is meant they do nothing."""

    def __init__(self, context: Context, actions: PhotoActions) -> None:
        self._actions, self._navigator, self._operations = actions, context.navigator, context.operations
        actions.bind(
            {
                "confirm": lambda: self._with_person(self._confirm),
                "reject": lambda: self._with_person(self._reject),
                "aside": lambda: self._with_face(self._set_aside),
                "no_face": lambda: self._with_face(self._dismiss),
                "restore": lambda: self._with_face(self._restore),
                "person": lambda: self._with_person(self._open),
                "page": self._say_page,
            }
        )

    def _confirm(self, face: FaceRow, person: int) -> None:
        self._operations.confirm(person, [face.face])

    def _reject(self, face: FaceRow, person: int) -> None:
        self._operations.reject(person, [face.face])

    def _open(self, _face: FaceRow, person: int) -> None:
        self._navigator.go("person", person)

    def _set_aside(self, face: FaceRow) -> None:
        self._operations.ignore([face.face])

    def _dismiss(self, face: FaceRow) -> None:
        self._operations.ignore([face.face], Aside.NO_FACE)

    def _restore(self, face: FaceRow) -> None:
        self._operations.restore([face.face])

    def _say_page(self) -> None:
        photo, is_page = self._actions.photo, self._actions.is_page
        if photo is not None:
            (self._operations.note_ordinary if is_page else self._operations.note_page)(photo)

    def _with_face(self, do: Callable[[FaceRow], None]) -> None:
        face = self._actions.target
        if face is not None:
            do(face)

    def _with_person(self, do: Callable[[FaceRow, int], None]) -> None:
        face = self._actions.target
        if face is not None and face.person is not None:
            do(face, face.person)
