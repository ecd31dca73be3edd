"""Before photos of a person are copied: all of them, those with somebody else, or those without; as files or links."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.names.known_names import KnownNames
from app.names.name_order import name_order
from app.session.context import Context
from app.style import texts
from app.style.theme import Space, TextSize, set_text_size
from app.widgets.label import Label
from engine.library.queries.named_photos import photos_with
from engine.words import fill

WIDTH, LETTERS = 460, 16


class CopyDialog(QDialog):
    """Says how many photos are meant before it asks where to."""

    chosen = Signal(list, Path, bool)
    """The photos' paths, the folder, and whether links are made instead of copies."""

    def __init__(self, context: Context, person: int, names: KnownNames, parent: QWidget) -> None:
        super().__init__(parent)
        self._library, self._person = context.library, person
        self._photos: list[Path] = []
        self._loader = context.loader(self, self._count)
        self.setWindowTitle(self.tr("Copy the photos to…"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name = texts.called_shortly(names.names.get(person))
        self.headline = Label(fill(self.tr("Copy the photos of {name}"), name=name))
        self.together, self.without, self.count = QComboBox(), QComboBox(), Label()
        self.copies, self.links = QRadioButton(self.tr("Copy the files")), QRadioButton(self.tr("Make links to them"))
        self.copies.setChecked(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setIcon(QIcon())  # the other has none
        self.choose = self.buttons.addButton(self.tr("&Choose the folder…"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.choose.setDefault(True)
        self._fill(names)
        self._lay_out()
        self.buttons.accepted.connect(self._ask_where)
        self.buttons.rejected.connect(self.reject)
        self._look()

    def _fill(self, names: KnownNames) -> None:
        everybody = sorted(names.names.items(), key=lambda one: (name_order(one[1]), one[0]))
        for box, nobody, spoken in (
            (self.together, self.tr("anybody"), self.tr("Only photos that also show")),
            (self.without, self.tr("nobody"), self.tr("Leave out photos that show")),
        ):
            box.addItem(nobody, None)
            for person, name in everybody:
                if person != self._person:
                    box.addItem(names.namesakes.told_apart(person, name), person)
            # The longest name of all must not take the room of what stands before the box.
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(LETTERS)
            box.setAccessibleName(spoken)
            box.currentIndexChanged.connect(self._look)

    def _lay_out(self) -> None:
        set_text_size(self.headline, TextSize.TITLE)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(self.tr("Only photos that also show"), self.together)
        form.addRow(self.tr("Leave out photos that show"), self.without)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.LARGE)
        column.setSpacing(Space.MEDIUM)
        column.addWidget(self.headline)
        column.addLayout(form)
        for widget in (self.copies, self.links, self.count, self.buttons):
            column.addWidget(widget)
        self.setMinimumWidth(WIDTH)

    def _look(self) -> None:
        """Find out which photos are meant now."""
        together = {self._person, self.together.currentData()} - {None}
        without = {self.without.currentData()} - {None}
        self.choose.setEnabled(False)
        self._loader.load(partial(photos_with, self._library, together, without))

    def _count(self, photos: list[Path]) -> None:
        self._photos = photos
        self.count.setText(texts.photos(len(photos)))
        self.choose.setEnabled(bool(photos))

    def _ask_where(self) -> None:
        asked = QFileDialog(self, self.windowTitle())
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.setFileMode(QFileDialog.FileMode.Directory)
        asked.fileSelected.connect(self._go)
        asked.open()

    def _go(self, folder: str) -> None:
        self.chosen.emit(self._photos, Path(folder), self.links.isChecked())
        self.accept()
