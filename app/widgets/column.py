"""What a page holds in one column: no wider than is good to read, however large text is."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from app.style.lettering import letter_width
from app.style.theme import TextSize, font_of


class Column(QWidget):
    """At most so many letters of usual text wide."""

    def __init__(self, letters: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letters = letters
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        """Grow and shrink with the text."""
        if event.type() == QEvent.Type.FontChange:
            self._measure()
        super().changeEvent(event)

    def _measure(self) -> None:
        self.setMaximumWidth(round(letter_width(font_of(TextSize.BODY)) * self._letters))
