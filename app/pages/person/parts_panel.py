"""A preview of one person divided into several, by how many they are."""

import numpy as np
from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.faces.face_order import Arrangement
from app.faces.model import FacesModel, no_faces
from app.grid.grid_layout import Section
from app.grid.grid_view import GridView
from app.grid.tile import Standing
from app.grid.tile_delegate import TileDelegate
from app.pages.person.split_panel import staying
from app.pictures.pictures import Picture
from app.session.context import Context
from app.style import texts
from app.style.theme import Space, set_hint_colour
from app.widgets.label import Label
from app.widgets.number_box import number_box
from engine.library.queries import FaceIndex
from engine.words import fill

SIDE = 96
FEWEST, MOST = 2, 12
"""How many people one can be divided into at once."""


class PartsPanel(QWidget):
    """Asks how many people it is and shows them below each other, the largest part, which stays, first."""

    counted = Signal(int)
    """The parts for this number of people are wanted."""
    accepted = Signal(object)
    """The parts that leave: lists of faces."""
    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._faces, self._name = no_faces(), ""
        self._parts: list[list[int]] = []
        self.model = FacesModel(self)
        self.grid = GridView(self.model, self)
        self.grid.setAccessibleName(self.tr("Who they would be"))
        delegate = TileDelegate(context.pictures, SIDE, 0, self.grid)
        self.grid.setItemDelegate(delegate)
        self.grid.set_tile(delegate.tile_size())
        self.question, self.count, self.hint = Label(self.tr("How many people is this?")), number_box(), Label()
        self.question.setBuddy(self.count)
        self.count.setAccessibleName(self.question.text())
        self.count.setKeyboardTracking(False)
        set_hint_colour(self.hint)
        self.accept_button, self.cancel_button = QPushButton(), QPushButton(self.tr("Cancel"))
        self._lay_out()
        self.count.valueChanged.connect(self._ask)
        self.accept_button.clicked.connect(lambda: self.accepted.emit(self._parts[1:]))
        self.cancel_button.clicked.connect(self.closed)
        context.pictures.arrived.connect(self._take_picture)

    def open(self, name: str | None, faces: FaceIndex) -> None:
        """Begin with two people; their parts are asked for."""
        self._name, self._parts = staying(name), []
        with QSignalBlocker(self.count):
            self.count.setRange(FEWEST, max(FEWEST, min(MOST, len(faces))))
            self.count.setValue(FEWEST)
        self.follow(faces)
        self._ask(FEWEST)
        self.count.setFocus()

    def show_parts(self, parts: list[list[int]]) -> None:
        """Show parts, the largest first."""
        self._parts = parts
        self.hint.setText("")
        self.follow(self._faces)

    def follow(self, faces: FaceIndex) -> None:
        """Show what has become of the faces."""
        self._faces = faces
        there = set(faces.face_ids.tolist())
        kept = [[face for face in part if face in there] for part in self._parts]
        self._parts = [part for part in kept if part]
        ids = np.array([face for part in self._parts for face in part], np.int64)
        sections = [
            Section(self._title(place), len(part), texts.faces(len(part))) for place, part in enumerate(self._parts)
        ]
        self.model.show(faces, Arrangement(ids, tuple(sections)), Standing.PLAIN)
        self._offer()

    def _take_picture(self, picture: Picture) -> None:
        if self.isVisible():
            self.grid.update_id(picture.id)

    def _title(self, place: int) -> str:
        return self.tr("Somebody else") if place else self._name

    def _ask(self, count: int) -> None:
        self._wait()
        self.counted.emit(count)

    def _wait(self) -> None:
        self.hint.setText(self.tr("Looking…"))
        self.accept_button.setEnabled(False)

    def _offer(self) -> None:
        self.accept_button.setText(fill(self.tr("Make {people}"), people=texts.people(max(1, len(self._parts)))))
        self.accept_button.setEnabled(len(self._parts) > 1)

    def _lay_out(self) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.setContentsMargins(Space.WIDE, 0, Space.WIDE, 0)
        foot.setContentsMargins(Space.WIDE, Space.SMALL, Space.LARGE, Space.SMALL)
        for row in (head, foot):
            row.setSpacing(Space.SMALL)
        for widget in (self.question, self.count, self.hint):
            head.addWidget(widget)
        head.addStretch(1)
        foot.addStretch(1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.accept_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        column.addLayout(head)
        column.addWidget(self.grid, 1)
        column.addLayout(foot)
