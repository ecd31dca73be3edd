"""The language of the window: each calls itself as who speaks it does, so that everybody finds their own."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from engine.words.catalogue import SYSTEM, languages


class LanguageBox(QComboBox):
    """Shows what is chosen among the languages that there are, and tells what the user chooses."""

    chosen = Signal(str)

    def __init__(self, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.addItem(self.tr("As the system has it"), SYSTEM)
        for known, name in languages().items():
            self.addItem(name, known)
        self.show_language(language)
        self.currentIndexChanged.connect(self._tell)

    def show_language(self, language: str) -> None:
        """Show what is chosen, without telling."""
        with QSignalBlocker(self):
            self.setCurrentIndex(max(0, self.findData(language)))

    def _tell(self, place: int) -> None:
        self.chosen.emit(self.itemData(place))
