"""The models with their licences and sizes, and what can be done with the one that is chosen."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.pages.settings.plain_names import plain_name
from app.pages.settings.reading import ModelLine
from app.style import texts
from app.style.theme import Space, set_hint_colour
from app.widgets.flow_layout import FlowLayout
from app.widgets.label import Label
from engine.models.card import ModelCard, ModelKind
from engine.models.catalog import ModelState
from engine.words import fill

MEGABYTE = 1_000_000
ROWS_SHOWN = 8
LICENCE = 4
"""The column that takes what is left and is cut off: licences may be long, and are told whole by the tool tip."""


def _may_be_copied(line: ModelLine) -> bool:
    is_whole = line.card.kind is ModelKind.EMBEDDER and not (line.card.base or line.card.quantised)
    return is_whole and line.state is ModelState.READY


class ModelList(QWidget):
    """Emits the card that is to be fetched, verified, used, forgotten or copied, or that one is to be added."""

    fetch_wanted = Signal(object)
    verify_wanted = Signal(object)
    use_wanted = Signal(object)
    forget_wanted = Signal(object)
    quantise_wanted = Signal(object)
    add_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[ModelLine] = []
        self.list, self.said = QTreeWidget(), Label()
        self.fetch_button, self.verify_button = QPushButton(self.tr("Fetch")), QPushButton(self.tr("Verify"))
        self.use_button, self.forget_button = QPushButton(self.tr("Use…")), QPushButton(self.tr("Forget vectors…"))
        self.quantise_button = QPushButton(self.tr("Make an 8-bit copy"))
        self.quantise_button.setToolTip(
            self.tr("Faster on most processors. It is kept only where it is faster here and as good.")
        )
        self.add_button = QPushButton(self.tr("Add a model…"))
        self.add_button.setToolTip(self.tr("Or drop its file, a pack's folder or the folder of a run on this page."))
        self.list.setAccessibleName(self.tr("Models"))
        self.list.setRootIsDecorated(False)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setHeaderLabels(
            [
                self.tr("Model"),
                self.tr("State"),
                self.tr("For"),
                self.tr("Size"),
                self.tr("Licence"),
                self.tr("Name in commands"),
            ]
        )
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(LICENCE, QHeaderView.ResizeMode.Stretch)
        self.list.setFixedHeight(self.list.fontMetrics().height() * 2 * ROWS_SHOWN)
        set_hint_colour(self.said)
        row, column = FlowLayout(), QVBoxLayout(self)
        for widget in (
            self.fetch_button,
            self.verify_button,
            self.use_button,
            self.forget_button,
            self.quantise_button,
            self.add_button,
            self.said,
        ):
            row.addWidget(widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        column.addWidget(self.list)
        column.addLayout(row)
        self.list.currentItemChanged.connect(lambda *_: self._offer())
        self.fetch_button.clicked.connect(lambda: self._emit(self.fetch_wanted.emit))
        self.verify_button.clicked.connect(lambda: self._emit(self.verify_wanted.emit))
        self.use_button.clicked.connect(lambda: self._emit(self.use_wanted.emit))
        self.forget_button.clicked.connect(lambda: self._emit(self.forget_wanted.emit))
        self.quantise_button.clicked.connect(lambda: self._emit(self.quantise_wanted.emit))
        self.add_button.clicked.connect(self.add_wanted)
        self._offer()

    def show_lines(self, lines: list[ModelLine]) -> None:
        """List these models, those in use first, then those that are here; the one that was chosen stays."""
        before = self.current()
        lines = sorted(lines, key=lambda line: (not line.used, line.state is not ModelState.READY))
        self._lines = lines
        self.list.clear()
        for line in lines:
            card = line.card
            size = fill(self.tr("{number} MB"), number=texts.decimal(card.size / MEGABYTE, 1))
            words = [plain_name(card), self._state(line), self._use(card), size, card.licence, card.name]
            item = QTreeWidgetItem(self.list, words)
            item.setToolTip(0, texts.plain_tip(card.origin))
            item.setToolTip(LICENCE, texts.plain_tip(card.licence))
        first = self.list.topLevelItem(0)
        if first is not None:
            self.list.setCurrentItem(first)
        if before is not None:
            self.choose(before.card.name)

    def choose(self, name: str) -> None:
        """Choose the model of this name, if it is listed, and bring it into sight."""
        for row, line in enumerate(self._lines):
            item = self.list.topLevelItem(row)
            if line.card.name == name and item is not None:
                self.list.setCurrentItem(item)
                self.list.scrollToItem(item)

    def say(self, sentence: str) -> None:
        """Say what came of something."""
        self.said.setText(sentence)

    def current(self) -> ModelLine | None:
        """Return the model that is chosen."""
        item = self.list.currentItem()
        return self._lines[self.list.indexOfTopLevelItem(item)] if item is not None else None

    def _use(self, card: ModelCard) -> str:
        return {
            ModelKind.EMBEDDER: self.tr("comparing faces"),
            ModelKind.DETECTOR: self.tr("finding faces"),
            ModelKind.ATTRIBUTES: self.tr("telling ages"),
        }[card.kind]

    def _state(self, line: ModelLine) -> str:
        if line.used:
            return {
                ModelState.READY: self.tr("in use"),
                ModelState.MISSING: self.tr("in use; file not here"),
                ModelState.DAMAGED: self.tr("in use; file damaged"),
                ModelState.UNREADABLE: self.tr("in use; file cannot be read"),
            }[line.state]
        return {
            ModelState.READY: self.tr("here"),
            ModelState.MISSING: self.tr("not here"),
            ModelState.DAMAGED: self.tr("damaged"),
            ModelState.UNREADABLE: self.tr("cannot be read"),
        }[line.state]

    def _offer(self) -> None:
        line = self.current()
        self.said.clear()
        self.fetch_button.setEnabled(line is not None and line.state is not ModelState.READY)
        self.verify_button.setEnabled(line is not None and line.state is not ModelState.MISSING)
        reads = line is not None and line.card.kind is not ModelKind.DETECTOR
        self.use_button.setEnabled(reads and line is not None and not line.used)
        tells = line is not None and line.card.kind is ModelKind.ATTRIBUTES
        may_go = reads and line is not None and line.faces > 0 and (tells or not line.used)
        self.forget_button.setEnabled(may_go)
        self.quantise_button.setEnabled(line is not None and _may_be_copied(line))

    def _emit(self, emit: Callable[[ModelCard], None]) -> None:
        line = self.current()
        if line is not None:
            emit(line.card)
