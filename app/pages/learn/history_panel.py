"""What was learnt so far: any of it can be used again, and left again."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from app.pages.learn.reading import Standing
from app.pages.learn.words import history_words
from app.style import texts
from app.style.theme import Space, set_hint_colour
from app.widgets.label import Label
from engine.models.card import ModelCard

LINES = 5


class HistoryPanel(QWidget):
    """A list, the latest first, with buttons for the line that is chosen."""

    use_wanted = Signal(object)
    """A `ModelCard`."""
    back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.said, self.list = Label(self.tr("Nothing has been learnt yet.")), QListWidget()
        self.use_button = QPushButton(self.tr("Use it again"), self)
        self.back_button = QPushButton(self.tr("Go back to the model before"), self)
        self._cards: list[ModelCard] = []
        self._used = ""
        self._lay_out()
        for widget in (self.said, self.list, self.use_button, self.back_button):
            widget.hide()
        self.list.currentRowChanged.connect(lambda _: self._allow())
        self.use_button.clicked.connect(self._use)
        self.back_button.clicked.connect(self.back_wanted)

    def show_history(self, found: Standing) -> None:
        """Show the cards, and which is in use."""
        chosen = max(self.list.currentRow(), 0)
        self._cards, self._used = found.history, found.used.name
        self.list.clear()
        for card in found.history:
            item = QListWidgetItem(history_words(card, found.used), self.list)
            item.setToolTip(texts.plain_tip(item.text()))
        self.list.setCurrentRow(min(chosen, len(found.history) - 1))
        there = bool(found.history)
        self.said.setVisible(not there)
        for widget in (self.list, self.use_button, self.back_button):
            widget.setVisible(there)
        self.back_button.setEnabled(found.used.learned is not None)
        rows = min(len(found.history), LINES)
        self.list.setFixedHeight(rows * max(self.list.sizeHintForRow(0), 1) + 2 * self.list.frameWidth() + Space.TINY)
        self._allow()

    def _allow(self) -> None:
        row = self.list.currentRow()
        self.use_button.setEnabled(row >= 0 and self._cards[row].name != self._used)

    def _use(self) -> None:
        self.use_wanted.emit(self._cards[self.list.currentRow()])

    def _lay_out(self) -> None:
        self.list.setAccessibleName(self.tr("What was learnt"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        set_hint_colour(self.said)
        row, column = QHBoxLayout(), QVBoxLayout(self)
        for button in (self.use_button, self.back_button):
            row.addWidget(button)
        row.addStretch(1)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        column.addWidget(self.said)
        column.addWidget(self.list)
        column.addLayout(row)
