"""A line of text that is known while a syllable is still being composed."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QLineEdit, QWidget


class ComposedEdit(QLineEdit):
    """Tells what stands in it together with what an input method has not handed over yet, which `text` leaves out.

    Of Korean that is always the last syllable, of Japanese and Chinese the last words.
    """

    composed = Signal()
    """What is being composed has changed, and nothing else: else `textEdited` tells."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._composing, self._edited = "", False
        self.textEdited.connect(self._note)

    @property
    def seen(self) -> str:
        """The text with what is being composed, also while `textEdited` and `textChanged` are told."""
        place = self.cursorPosition()
        return self.text()[:place] + self._composing + self.text()[place:]

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take what is handed over, and note what is not yet."""
        before, self._composing = self._composing, event.preeditString()
        self._edited = False
        super().inputMethodEvent(event)
        if before != self._composing and not self._edited:
            self.composed.emit()

    def _note(self) -> None:
        self._edited = True
