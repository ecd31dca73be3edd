"""Somebody was given a name that somebody else has: asks quietly whether they are the same, never merges by itself."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from app.faces.face_strip import FaceStrip
from app.merging.dialog import ask_to_merge
from app.pictures.pictures import Shape
from app.session.context import Context
from app.style import texts
from app.style.icons import icon
from app.style.theme import Space
from app.widgets.label import Label
from engine.library.changes import Changes
from engine.library.edits.names import same_name
from engine.library.queries import PersonRow, people_rows
from engine.words import fill

SIDE = 44
Pair = tuple[int, int]
"""The person who was named, and somebody of the same name."""


class NamesakeOffer(QFrame):
    """One line that asks about one pair at a time, until it is answered, closed, or they have different names."""

    merged = Signal(int)
    """Two are one now: the person who stayed."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._waiting: list[Pair] = []
        self.setAutoFillBackground(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.faces, self.text = FaceStrip(context.pictures, SIDE, 2), Label()
        self.merge_button = QPushButton(self.tr("&Merge…"))
        self.two_button = QPushButton(self.tr("They are &two"))
        self.close_button = QToolButton()
        self.close_button.setIcon(icon("x"))
        self.close_button.setAutoRaise(True)
        self.close_button.setAccessibleName(self.tr("Not now"))
        self.close_button.setToolTip(texts.plain_tip(self.close_button.accessibleName()))
        self._rows = context.loader(self, self._show)
        self._lay_out()
        self._connect()
        self.hide()

    @property
    def pair(self) -> Pair | None:
        """Whom it asks about."""
        return self._waiting[0] if self._waiting else None

    @property
    def waiting(self) -> list[Pair]:
        """Whom it asks about, and will after them."""
        return [*self._waiting]

    def ask(self, waiting: Sequence[Pair]) -> None:
        """Ask about these, one pair after the other."""
        self._waiting = [*waiting]
        self._read()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.WIDE, Space.SMALL, Space.LARGE, Space.SMALL)
        row.setSpacing(Space.MEDIUM)
        row.addWidget(self.faces)
        row.addWidget(self.text, 1)
        for widget in (self.merge_button, self.two_button, self.close_button):
            row.addWidget(widget)
        self.text.setWordWrap(True)

    def _connect(self) -> None:
        self._context.operations.namesakes.connect(self._add)
        self._context.changed.connect(self._follow)
        self._context.changed_elsewhere.connect(self._read)
        self.merge_button.clicked.connect(self._merge)
        self.two_button.clicked.connect(self._tell_apart)
        self.close_button.clicked.connect(self._next)

    def _add(self, person: int, others: tuple[int, ...]) -> None:
        # Whoever was named last is asked about first: their faces are still in mind.
        fresh = [(person, other) for other in others]
        self._waiting = [*fresh, *(pair for pair in self._waiting if person not in pair)]
        self._read()

    def _follow(self, changes: Changes) -> None:
        if self.pair is not None and not changes.people.isdisjoint(self.pair):
            self._read()

    def _read(self) -> None:
        if self.pair is None:
            self.hide()
        else:
            pair = self.pair
            self._rows.load(lambda: people_rows(self._context.library, only=pair))

    def _show(self, rows: list[PersonRow]) -> None:
        found = {row.person: row for row in rows}
        person, other = (found.get(one) for one in self.pair or (0, 0))
        if person is None or other is None or not same_name(person.name or "", other.name or ""):
            self._next()
            return
        question = fill(self.tr("There is another {name}. Are they the same?"), name=person.name)
        covers = [row.cover for row in (person, other) if row.cover is not None]
        self.faces.show_faces(covers, fill(self.tr("Both who are called {name}"), name=person.name), Shape.CIRCLE)
        if self.text.text() != question or not self.isVisible():
            self.text.setText(question)
            self.setAccessibleName(question)
            self.show()
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _next(self) -> None:
        del self._waiting[:1]
        self._read()

    def _merge(self) -> None:
        if self.pair is not None:
            person, other = self.pair
            ask_to_merge(self._context, (other, person), self.window(), self.merged.emit)
            self._next()

    def _tell_apart(self) -> None:
        if self.pair is not None:
            self._context.operations.tell_apart(*self.pair)
            self._next()
