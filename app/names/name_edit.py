"""A field for a name, with the names that are known below it; what is typed stays what is typed."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.names.name_matching import meant
from app.names.name_offers import NameOffers

SHOWN = 8
"""Names that are offered at once."""
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class NameEdit(QLineEdit):
    """Enter gives exactly what was typed, unless a name below was chosen with the arrow keys or the mouse.

    So a name that begins another can be given. While `named` is emitted, `chosen` is the id of a name that was chosen,
    None for one that was typed. The owner closes the field; it stays as it is until then.
    """

    named = Signal(str)
    """A name was given with Enter, or by a click on one that is known."""
    cancelled = Signal()
    """Esc was pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: dict[int, str] = {}
        self._offers: NameOffers | None = None
        self.chosen: int | None = None
        self.setAccessibleName(self.tr("Name"))
        self.setPlaceholderText(self.tr("Name"))
        self.textEdited.connect(self._offer)

    def set_names(self, names: Mapping[int, str]) -> None:
        """Offer these names, by the id of their person: the likeliest first, or the largest."""
        self._names = dict(names)
        if self.offered:
            self._offer(self.text())

    def answer(self) -> str:
        """Return the name that Enter would give."""
        return self.text() if self.chosen is None else self._names[self.chosen]

    def give(self) -> None:
        """Answer as Enter does."""
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

    def _offer(self, typed: str) -> None:
        """Show whom the text may mean."""
        self.chosen = None
        self._show({name_id: self._names[name_id] for name_id in meant(self._names, typed)} if typed.strip() else {})

    def _show(self, names: Mapping[int, str]) -> None:
        """Show the first of these names, each once, for the first person who has it."""
        first: dict[str, int] = {}
        for name_id, name in names.items():
            first.setdefault(name, name_id)
        offered = [(name_id, name) for name, name_id in first.items()][:SHOWN]
        if self._offers is None or self._offers.parentWidget() is not self.window():
            self._make_offers()
        if self._offers is not None:
            self._offers.offer(offered)
        self.setAccessibleDescription("")

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
        self.setText(self._names[name_id])
        self.give()

    def _forget_offers(self) -> None:
        self.chosen = None
        if self._offers is not None:
            self._offers.hide()

    def _follow(self) -> None:
        if self.offered and self._offers is not None:
            self._offers.place()
