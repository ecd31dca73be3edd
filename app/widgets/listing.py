"""A plain list of lines for the sidebar."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.widgets.entry_delegate import EntryDelegate

KEY = Qt.ItemDataRole.UserRole
"""The role of what a line stands for."""


class Listing(QListWidget):
    """Emits the key of a line that is clicked, or entered with the keyboard."""

    chosen = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(EntryDelegate(self))
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)

    def keys(self) -> list[object]:
        """Return what the lines stand for, in their order."""
        return [self.item(row).data(KEY) for row in range(self.count())]

    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(KEY))
