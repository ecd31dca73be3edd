"""A line of text that is known while a syllable is still being composed."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget


class ComposedEdit(QLineEdit):
    """Tells what stands in it together with what an input method has not handed over yet, which `text` leaves out.

    Of Korean that is always the last syllable, of Japanese and Chinese the last words. Where nothing that was typed
    could be taken back or typed again, Ctrl+Z and Ctrl+Shift+Z are the window's: a field would swallow them silently.
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

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window where there is none of either here."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and self._is_the_windows(event)
        ):
            event.ignore()
            return True
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take what is handed over, and note what is not yet."""
        before, self._composing = self._composing, event.preeditString()
        self._edited = False
        super().inputMethodEvent(event)
        if before != self._composing and not self._edited:
            self.composed.emit()

    def _is_the_windows(self, event: QKeyEvent) -> bool:
        if self._composing:
            return False
        undo, redo = (event.matches(key) for key in (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo))
        return (undo and not self.isUndoAvailable()) or (redo and not self.isRedoAvailable())

    def _note(self) -> None:
        self._edited = True
