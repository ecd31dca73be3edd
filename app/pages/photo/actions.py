"""What can be done with a photo and with the face that keys mean: actions with their keys, in one place."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.grid.tile import Standing
from app.pages.photo.faces import standing_of
from app.session.context import Context
from app.style import texts
from engine.library.queries import FaceRow

FACE = ("name", "confirm", "reject", "aside", "restore", "person")
PHOTO = ("draw", "boxes", "info", "closer", "farther", "fit", "pixels")


class PhotoActions(QObject):
    """`asked` carries the name of a photo's action; those of faces go through `Operations` here."""

    asked = Signal(str)
    naming = Signal(int)
    """A name for this face is wanted."""
    settled = Signal(int)
    """Something was said of this face."""

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._face: FaceRow | None = None
        self._all: dict[str, QAction] = {}
        for name, (text, keys) in self._texts().items():
            self._add(name, text, keys)
        for name in ("boxes", "info"):
            self._all[name].setCheckable(True)
        self.mean(None)

    def __getitem__(self, name: str) -> QAction:
        return self._all[name]

    def face_actions(self) -> list[QAction]:
        """Return what can be done with the current face."""
        return [self._all[name] for name in FACE if self._all[name].isEnabled()]

    def photo_actions(self) -> list[QAction]:
        """Return what can be done with the photo."""
        return [self._all[name] for name in PHOTO]

    def keys(self) -> list[tuple[str, str]]:
        """Return every key with what it does, in general words."""
        return [(_spoken(keys), text.rstrip("…")) for text, keys in self._texts().values() if keys]

    def mean(self, face: FaceRow | None) -> None:
        """Mean this face from now on."""
        self._face = face
        standing = standing_of(face) if face is not None else None
        known = face.name if face is not None and face.name is not None else ""
        # One ampersand would underline the next letter.
        known = texts.called_shortly(known).replace("&", "&&") if known else ""
        enabled = {
            "name": face is not None,
            "confirm": standing is Standing.SUGGESTED,
            "reject": standing in (Standing.SUGGESTED, Standing.CONFIRMED),
            "aside": face is not None and standing is not Standing.IGNORED,
            "restore": standing is Standing.IGNORED,
            "person": face is not None and face.person is not None,
        }
        for name, yes in enabled.items():
            self._all[name].setEnabled(yes)
        if known:
            self._all["confirm"].setText(self.tr("Yes, {name}").format(name=known))
            self._all["reject"].setText(self.tr("Not {name}").format(name=known))
        self._all["person"].setText(self.tr("All of {name}").format(name=known) if known else self.tr("All like this"))

    def _texts(self) -> dict[str, tuple[str, list[str]]]:
        """Return text and keys of each; where a person is known the text names them later."""
        return {
            "name": (self.tr("Name…"), ["F2"]),
            "confirm": (self.tr("Yes, the suggested name is right"), ["Y"]),
            "reject": (self.tr("Not this person"), ["N"]),
            "aside": (self.tr("Not a face, or a stranger"), ["Del"]),
            "restore": (self.tr("Take back"), ["Ctrl+Del"]),
            "person": (self.tr("Show the person"), ["P"]),
            "draw": (self.tr("Draw a missed face"), ["O"]),
            "boxes": (self.tr("Show boxes"), ["B"]),
            "info": (self.tr("Show details"), ["I"]),
            "closer": (self.tr("Larger"), ["+", "=", "Ctrl++"]),
            "farther": (self.tr("Smaller"), ["-", "Ctrl+-"]),
            "fit": (self.tr("Whole photo"), ["0", "Ctrl+0"]),
            "pixels": (self.tr("Every pixel (100 %)"), ["1"]),
        }

    def _add(self, name: str, text: str, keys: list[str]) -> None:
        action = QAction(text, self._page)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        own: dict[str, Callable[[FaceRow], None]] = {
            "name": lambda face: self.naming.emit(face.face),
            "confirm": self._confirm,
            "reject": self._reject,
            "aside": lambda face: self._context.operations.ignore([face.face], self._settler(face)),
            "restore": lambda face: self._context.operations.restore([face.face]),
            "person": lambda face: self._context.navigator.go("person", face.person),
        }
        if name in own:
            action.triggered.connect(lambda: self._with_face(own[name]))
        else:
            action.triggered.connect(lambda: self.asked.emit(name))
        self._page.addAction(action)
        self._all[name] = action

    def _with_face(self, do: Callable[[FaceRow], None]) -> None:
        if self._face is not None:
            do(self._face)

    def _confirm(self, face: FaceRow) -> None:
        if face.person is not None:
            self._context.operations.confirm(face.person, [face.face], self._settler(face))

    def _reject(self, face: FaceRow) -> None:
        if face.person is not None:
            self._context.operations.reject(face.person, [face.face], self._settler(face))

    def _settler(self, face: FaceRow) -> Callable[[object], None]:
        return lambda _changes: self.settled.emit(face.face)


def _spoken(keys: list[str]) -> str:
    return QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
