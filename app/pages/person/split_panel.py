"""A proposal who leaves a person, to be adjusted face by face and accepted."""

from collections.abc import Collection

import numpy as np
from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.faces.face_order import Order, by_time
from app.faces.model import no_faces
from app.names.known_names import KnownNames
from app.names.who_field import WhoField
from app.pages.person.split_side import SplitSide
from app.session.context import Context
from app.style import texts
from app.style.theme import Space, set_hint_colour
from app.widgets.label import Label
from engine.library.queries import FaceIndex
from engine.words import fill


def staying(name: str | None) -> str:
    """Return the heading of the faces that stay with somebody, who may have no name."""
    if name is None:
        return QCoreApplication.translate("SplitPanel", "Stay together")
    return fill(QCoreApplication.translate("SplitPanel", "Stay with {name}"), name=texts.called_shortly(name))


class SplitPanel(QWidget):
    """Both groups side by side; a click on a face moves it to the other side."""

    founded = Signal(object, str)
    """These faces (a list) are somebody new, with a name or an empty one."""
    given = Signal(object, int)
    """These faces are a person who is known."""
    closed = Signal()

    def __init__(self, context: Context, names: KnownNames, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._faces = no_faces()
        self._leaving: set[int] = set()
        self._name = ""
        self.staying, self.leaving = SplitSide(context, self), SplitSide(context, self)
        self.hint = Label(self.tr("Click a face to move it to the other side."))
        set_hint_colour(self.hint)
        self.who = WhoField(names, self.tr("Who are they? (optional)"), self)
        self.accept_button, self.cancel_button = QPushButton(), QPushButton(self.tr("Cancel"))
        self.accept_button.setDefault(True)
        self._lay_out()
        self.staying.sent.connect(lambda face: self._move(face, {face}, set()))
        self.leaving.sent.connect(lambda face: self._move(face, set(), {face}))
        self.who.new.connect(lambda name: self.founded.emit(self.faces(), name))
        self.who.known.connect(lambda person: self.given.emit(self.faces(), person))
        self.who.cancelled.connect(self.closed)
        self.accept_button.clicked.connect(self._accept)
        self.cancel_button.clicked.connect(self.closed)

    def open(self, name: str | None, faces: FaceIndex, leaving: Collection[int]) -> None:
        """Show the faces of somebody, of whom these are proposed to leave."""
        self._name, self._leaving = staying(name), set(leaving)
        self.who.clear()
        self.follow(faces)
        self.leaving.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def follow(self, faces: FaceIndex) -> None:
        """Show what has become of the faces."""
        self._faces = faces
        self._leaving &= set(faces.face_ids.tolist())
        self._refresh()

    def faces(self) -> list[int]:
        """Return the faces that leave."""
        return sorted(self._leaving)

    def _move(self, face: int, come: set[int], go: set[int]) -> None:
        if face in self._faces.face_ids:
            self._leaving = (self._leaving | come) - go
            self._refresh()

    def _accept(self) -> None:
        if self.who.edit.text().strip():
            self.who.edit.give()
        else:
            self.founded.emit(self.faces(), "")

    def _refresh(self) -> None:
        faces = self._faces
        goes = np.isin(faces.face_ids, list(self._leaving))
        stay, leave = (by_time(faces.taken_at, np.flatnonzero(side), Order.NEWEST) for side in (~goes, goes))
        self.staying.show_faces(self._name, faces, stay)
        self.leaving.show_faces(self.tr("Somebody else"), faces, leave)
        self.accept_button.setText(fill(self.tr("Split off {faces}"), faces=texts.faces(len(leave))))
        self.accept_button.setEnabled(bool(len(leave)) and bool(len(stay)))

    def _lay_out(self) -> None:
        sides = QHBoxLayout()
        sides.setSpacing(Space.SMALL)
        sides.addWidget(self.staying, 1)
        sides.addWidget(self.leaving, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.WIDE, Space.SMALL, Space.LARGE, Space.SMALL)
        foot.setSpacing(Space.SMALL)
        foot.addWidget(self.who, 1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.accept_button)
        self.hint.setContentsMargins(Space.WIDE, 0, Space.WIDE, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        column.addWidget(self.hint)
        column.addLayout(sides, 1)
        column.addLayout(foot)
