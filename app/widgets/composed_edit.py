"""A line of text that is known while a syllable is still being composed."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QLineEdit, QWidget


class ComposedEdit(QLineEdit):
    """Tells what stands in it together with what an input method has not handed over yet, which `text` leaves out.

    Of Korean that is always the last syllable, of Japanese and Chinese the last words.
    """

    composed = Signal(str)
    """What is being composed has changed: the whole text with it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._composing = ""

    @property
    def seen(self) -> str:
        """The text with what is being composed."""
        place = self.cursorPosition()
        return self.text()[:place] + self._composing + self.text()[place:]

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take what is handed over, and note what is not yet."""
        before, self._composing = self._composing, event.preeditString()
        super().inputMethodEvent(event)
        if before or self._composing:
            self.composed.emit(self.seen)
