"""Light or dark: chosen in a box, and seen at once."""

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QComboBox, QWidget

from app.style.theme import SCHEME, Scheme, theme_in_use


class SchemeBox(QComboBox):
    """Shows what is chosen; another choice is used now and remembered."""

    def __init__(self, remembered: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._remembered = remembered
        for words, scheme in (
            (self.tr("As the system has it"), Scheme.SYSTEM),
            (self.tr("Light"), Scheme.LIGHT),
            (self.tr("Dark"), Scheme.DARK),
        ):
            self.addItem(words, scheme.value)
        self.setCurrentIndex(self.findData(theme_in_use().scheme.value))
        self.activated.connect(self._choose)

    def _choose(self, place: int) -> None:
        scheme = Scheme(self.itemData(place))
        self._remembered.setValue(SCHEME, scheme.value)
        theme_in_use().choose(scheme)
