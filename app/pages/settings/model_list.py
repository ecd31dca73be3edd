"""The models with their licences and sizes, and what can be done with the one that is chosen."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.pages.settings.reading import ModelLine
from app.style.theme import Space, set_hint_colour
from engine.models.card import ModelCard
from engine.models.catalog import ModelState

MEGABYTE = 1_000_000
ROWS_SHOWN = 4


class ModelList(QWidget):
    """Emits the card that is to be fetched or verified."""

    fetch_wanted = Signal(object)
    verify_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[ModelLine] = []
        self.list, self.said = QTreeWidget(), QLabel()
        self.fetch_button, self.verify_button = QPushButton(self.tr("Fetch")), QPushButton(self.tr("Verify"))
        self.list.setAccessibleName(self.tr("Models"))
        self.list.setRootIsDecorated(False)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setHeaderLabels([self.tr("Model"), self.tr("For"), self.tr("Size"), self.tr("Licence"), ""])
        self.list.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.list.setFixedHeight(self.list.fontMetrics().height() * 2 * ROWS_SHOWN)
        set_hint_colour(self.said)
        row, column = QHBoxLayout(), QVBoxLayout(self)
        for widget in (self.fetch_button, self.verify_button):
            row.addWidget(widget)
        row.addWidget(self.said, 1)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        column.addWidget(self.list)
        column.addLayout(row)
        self.list.currentItemChanged.connect(lambda *_: self._offer())
        self.fetch_button.clicked.connect(lambda: self._emit(self.fetch_wanted.emit))
        self.verify_button.clicked.connect(lambda: self._emit(self.verify_wanted.emit))
        self._offer()

    def show_lines(self, lines: list[ModelLine]) -> None:
        """List these models; the one that was chosen stays."""
        before = self.list.currentItem()
        chosen = self.list.indexOfTopLevelItem(before) if before is not None else 0
        self._lines = lines
        self.list.clear()
        for line in lines:
            card = line.card
            size = self.tr("{number} MB").format(number=f"{card.size / MEGABYTE:.1f}")
            words = [card.name, self._use(card), size, card.licence, self._state(line.state)]
            item = QTreeWidgetItem(self.list, words)
            item.setToolTip(0, card.origin)
        current = self.list.topLevelItem(min(chosen, len(lines) - 1))
        if current is not None:
            self.list.setCurrentItem(current)

    def say(self, sentence: str) -> None:
        """Say what came of something."""
        self.said.setText(sentence)

    def current(self) -> ModelLine | None:
        """Return the model that is chosen."""
        item = self.list.currentItem()
        return self._lines[self.list.indexOfTopLevelItem(item)] if item is not None else None

    def _use(self, card: ModelCard) -> str:
        return self.tr("comparing faces") if card.dimension else self.tr("finding faces")

    def _state(self, state: ModelState) -> str:
        return {
            ModelState.READY: self.tr("here"),
            ModelState.MISSING: self.tr("not here"),
            ModelState.DAMAGED: self.tr("damaged"),
            ModelState.UNREADABLE: self.tr("cannot be read"),
        }[state]

    def _offer(self) -> None:
        line = self.current()
        self.said.clear()
        self.fetch_button.setEnabled(line is not None and line.state is not ModelState.READY)
        self.verify_button.setEnabled(line is not None and line.state is not ModelState.MISSING)

    def _emit(self, emit: Callable[[ModelCard], None]) -> None:
        line = self.current()
        if line is not None:
            emit(line.card)
