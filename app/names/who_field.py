"""A field for whose faces these are: type a name, or pick one of the likely people by their number."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.names.known_names import KnownNames
from app.names.name_chips import MOST, NameChips
from app.names.name_edit import Asks, NameEdit
from app.style.theme import Space
from app.widgets.widths import grow_with_words

WIDTH = 220
DIGITS = range(Qt.Key.Key_1.value, Qt.Key.Key_1.value + MOST)


class WhoField(QWidget):
    """Enter gives a person that is known, or a new name. While nothing is typed, 1 to 9 pick a likely person."""

    known = Signal(int)
    """Somebody who has a name was meant."""
    new = Signal(str)
    """A name that nobody has."""
    cancelled = Signal()
    focused = Signal()
    """The field has the focus now: likely people are wanted."""

    def __init__(self, names: KnownNames, question: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names, self._likely = names, tuple[int, ...]()
        self.edit, self.chips = NameEdit(self), NameChips(self)
        self.edit.tell_apart(names.namesakes, Asks.KNOWN_OR_NEW)
        grow_with_words(self.edit, WIDTH)
        self.edit.setPlaceholderText(question)
        self.edit.setAccessibleName(question)
        self.edit.installEventFilter(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        row.addWidget(self.edit)
        row.addWidget(self.chips, 1)
        self.edit.named.connect(self._answer)
        self.edit.cancelled.connect(self.cancelled)
        self.chips.picked.connect(self._pick)
        names.changed.connect(self._offer)
        names.namesakes.changed.connect(self._offer_chips)
        self._offer()

    def show_likely(self, people: Sequence[int]) -> None:
        """Offer these people first, the likeliest of all first."""
        self._likely = tuple(people)
        self._offer()

    def clear(self) -> None:
        """Forget what was typed and who was likely."""
        self.edit.clear()
        self.show_likely(())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take digits as picks while nothing is typed, and tell when the field gets the focus."""
        if event.type() == QEvent.Type.FocusIn:
            self.focused.emit()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and not self.edit.text():
            place = event.key() - DIGITS.start
            if event.key() in DIGITS and place < len(self.chips.shown):
                self.chips.pick(place)
                return True
        return super().eventFilter(watched, event)

    def _offer(self) -> None:
        self.edit.set_names(self._names.first(self._likely))
        self._offer_chips()

    def _offer_chips(self) -> None:
        names, told_apart = self._names.names, self._names.namesakes.told_apart
        self.chips.show_names(
            [(person, told_apart(person, names[person])) for person in self._likely if person in names]
        )

    def _pick(self, person: int) -> None:
        self.known.emit(person)

    def _answer(self, name: str) -> None:
        if not name.strip():
            return
        person = self._names.meant(name, self.edit.chosen)
        if person is None:
            self.new.emit(" ".join(name.split()))
        else:
            self.known.emit(person)
