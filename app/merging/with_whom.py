"""Asks with whom somebody is one, where nobody else is selected: by a name, or by the number of a likely person."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.merging.dialog import ask_to_merge
from app.names.known_names import KnownNames
from app.names.likely import LikelyPeople
from app.names.name_edit import Asks
from app.names.who_field import WhoField
from app.session.context import Context
from app.style.theme import Space, TextSize, set_hint_colour, set_text_size
from app.widgets.label import Label
from app.work.loading import Loader
from engine.library.library import Library
from engine.library.queries import FaceScope, face_index
from engine.words import fill


class WithWhom(QDialog):
    """Once somebody was named it asks whether the two are one (`ask_to_merge`) and closes itself."""

    def __init__(self, context: Context, person: int, merged: Callable[[int], None], parent: QWidget) -> None:
        """Ask about a person; `merged` is told who stays, after the edit."""
        super().__init__(parent)
        self._context, self._person, self._merged = context, person, merged
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Merge with…"))
        self._names = KnownNames(context, self, but=person)
        self.question, self.hint = Label(self.tr("Who is the same person?")), Label()
        self.who = WhoField(self._names, self.tr("Name"), self)
        self.who.edit.tell_apart(self._names.namesakes, Asks.KNOWN)
        self._likely = LikelyPeople(context, self, self.who.show_likely)
        self._faces = Loader[list[int]](context.reads, self, self._look_up, context.fail)
        set_text_size(self.question, TextSize.TITLE)
        set_hint_colour(self.hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.LARGE)
        column.setSpacing(Space.MEDIUM)
        for widget in (self.question, self.who, self.hint):
            column.addWidget(widget)
        self.who.known.connect(self._ask)
        self.who.new.connect(self._tell_unknown)
        self.who.cancelled.connect(self.reject)
        self._names.load()
        self._faces.load(partial(_faces_of, context.library, person))
        self.who.edit.setFocus()

    def _look_up(self, faces: list[int]) -> None:
        self._likely.look_up(faces, self._person)

    def _ask(self, other: int) -> None:
        # The one who was named stays: their name is known.
        owner = self.parentWidget()
        assert owner is not None
        ask_to_merge(self._context, (other, self._person), owner, self._merged)
        self.accept()

    def _tell_unknown(self, name: str) -> None:
        self.hint.setText(fill(self.tr("Nobody else is called {name}."), name=name))


def _faces_of(library: Library, person: int) -> list[int]:
    faces: list[int] = face_index(library, FaceScope.person(person)).face_ids.tolist()
    return faces
