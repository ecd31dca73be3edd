"""A field for a name, with the names that are known below it; what is typed stays what is typed."""

from collections.abc import Mapping
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.names.name_matching import called, meant
from app.names.name_offers import NameOffers
from app.names.namesakes import Namesakes
from app.widgets.composed_edit import ComposedEdit

SHOWN = 8
"""Names that are offered at once."""


class Asks(StrEnum):
    """What a field asks where several people have the name that is typed: nothing, or which of them is meant."""

    NOBODY = "nobody"
    KNOWN = "known"
    KNOWN_OR_NEW = "known or new"


SOMEBODY_NEW = 0
"""What is chosen where the one who is meant is none of those who have the name."""
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class NameEdit(ComposedEdit):
    """Enter gives exactly what was typed, unless a name below was chosen with the arrow keys or the mouse.

    So a name that begins another can be given. While `named` is emitted, `chosen` is the id of a name that was chosen,
    None for one that was typed. The owner closes the field; it stays as it is until then. Names belong to
    people, whose ids are above 0, or to something else. One that asks (`tell_apart`) gives no name that several people
    have before one of them was chosen, or SOMEBODY_NEW.
    """

    named = Signal(str)
    """A name was given with Enter, or by a click on one that is known."""
    cancelled = Signal()
    """Esc was pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: dict[int, str] = {}
        self._offers: NameOffers | None = None
        self._namesakes: Namesakes | None = None
        self.chosen: int | None = None
        self._asks = Asks.NOBODY
        self.setAccessibleName(self.tr("Name"))
        self.setPlaceholderText(self.tr("Name"))
        self.textEdited.connect(lambda _text: self._offer())
        self.composed.connect(self._offer)

    def set_names(self, names: Mapping[int, str]) -> None:
        """Offer these names, by the id of their person: the likeliest first, or the largest."""
        self._names = dict(names)
        if self._namesakes is not None:
            self._namesakes.know(names)
        if self.offered:
            self._offer()

    def tell_apart(self, namesakes: Namesakes, asks: Asks) -> None:
        """Show beside people of one name who is who, and ask which of them is meant."""
        self._namesakes, self._asks = namesakes, asks
        namesakes.changed.connect(self._show_marks)
        namesakes.pictured.connect(self._show_marks)

    def answer(self) -> str:
        """Return the name that Enter would give."""
        return self._names.get(self.chosen, self.text()) if self.chosen is not None else self.text()

    def give(self) -> None:
        """Answer as Enter does."""
        if self._asks is not Asks.NOBODY and self.chosen is None and self._ask_which():
            return
        name = self.answer()
        if self._offers is not None:
            self._offers.hide()
        self.named.emit(name)
        self.chosen = None

    @property
    def offered(self) -> list[str]:
        """The names that are shown below the field now."""
        return self._offers.names() if self._offers is not None else []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with the arrow keys, answer with Enter, give up with Esc."""
        if event.key() in STEPS:
            self._step(STEPS[Qt.Key(event.key())])
        elif event.key() in ENTER:
            self.give()
        elif event.key() == Qt.Key.Key_Escape:
            chosen = self.chosen is not None
            self._forget_offers()
            if not chosen:
                self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the names away when the user goes elsewhere."""
        self._forget_offers()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Take the names away with the field; whoever deletes it hides it first."""
        self._forget_offers()
        super().hideEvent(event)

    def moveEvent(self, event: QMoveEvent) -> None:
        """Keep the names beside the field."""
        super().moveEvent(event)
        self._follow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the names beside the field."""
        super().resizeEvent(event)
        self._follow()

    def _offer(self) -> None:
        """Show whom the text may mean."""
        self.chosen, typed = None, self.seen
        self._show({name_id: self._names[name_id] for name_id in meant(self._names, typed)} if typed.strip() else {})

    def _ask_which(self) -> bool:
        """Show those who have the name that is typed; return False where fewer than two have it."""
        people = {name_id: name for name_id, name in self._names.items() if name_id > SOMEBODY_NEW}
        found = called(people, self.text()) if self.text().strip() else []
        if len(found) < 2:
            return False
        new = {SOMEBODY_NEW: self.tr("Somebody new")} if self._asks is Asks.KNOWN_OR_NEW else {}
        self._show({person: people[person] for person in found} | new)
        self.setAccessibleDescription(self.tr("Several people have this name. Choose one with the arrow keys."))
        return True

    def _show(self, names: Mapping[int, str]) -> None:
        """Show the first of these names; people of one name stand one below the other."""
        # What is no person, such as a year and the folder of that year, is one entry a name.
        first = {name: name_id for name_id, name in reversed(list(names.items()))}
        each = [(name_id, name) for name_id, name in names.items() if name_id >= SOMEBODY_NEW or first[name] == name_id]
        offered = each[:SHOWN]
        if self._offers is None or self._offers.parentWidget() is not self.window():
            self._make_offers()
        if self._offers is not None:
            self._offers.offer(offered)
            if self._namesakes is not None:
                self._namesakes.look([name_id for name_id, _ in offered if name_id > SOMEBODY_NEW])
            self._show_marks()
        self.setAccessibleDescription("")

    def _show_marks(self) -> None:
        if self._namesakes is not None and self._offers is not None and self._offers.isVisible():
            ratio, namesakes = self.devicePixelRatioF(), self._namesakes
            self._offers.show_marks(lambda name_id: namesakes.mark(name_id, ratio))

    def _make_offers(self) -> None:
        offers = NameOffers(self)
        offers.taken.connect(self._take)
        self.destroyed.connect(offers.deleteLater)
        self._offers = offers

    def _step(self, by: int) -> None:
        if not self.offered:
            self._show(dict(list(self._names.items())[:SHOWN]) if not self.text().strip() else {})
        if self._offers is not None and self.offered:
            self.chosen = self._offers.step(by)
            self.setAccessibleDescription(self.answer() if self.chosen is not None else "")

    def _take(self, name_id: int) -> None:
        self.chosen = name_id
        self.setText(self.answer())
        self.give()

    def _forget_offers(self) -> None:
        self.chosen = None
        if self._offers is not None:
            self._offers.hide()

    def _follow(self) -> None:
        if self.offered and self._offers is not None:
            self._offers.place()
