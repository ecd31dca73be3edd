"""One line at the foot of the window that says what has just happened, with a way to take it back."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from app.theme import Space
from engine.errors import KinfolkError

SHOWN_MS = 8_000


class MessageBar(QFrame):
    """Shows an event for some seconds, an error until it is closed; never takes the focus."""

    undo = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.text, self.button, self.close_button = QLabel(), QPushButton(self.tr("Undo")), QToolButton()
        self.text.setWordWrap(True)
        self.close_button.setText("✕")
        self.close_button.setAccessibleName(self.tr("Close this message"))
        self.close_button.setAutoRaise(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.WIDE, Space.SMALL, Space.LARGE, Space.SMALL)
        row.addWidget(self.text, 1)
        row.addWidget(self.button)
        row.addWidget(self.close_button)
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        self.button.clicked.connect(self._undo)
        self.close_button.clicked.connect(self.hide)
        self.hide()

    def say(self, sentence: str) -> None:
        """Say what happened; it can be undone."""
        self._show(sentence)
        self.button.show()
        self._timer.start()

    def tell(self, sentence: str) -> None:
        """Say something that cannot be undone."""
        self._show(sentence)
        self.button.hide()
        self._timer.start()

    def complain(self, error: KinfolkError) -> None:
        """Show an error with its hint until it is closed."""
        self._show(str(error))
        self.button.hide()
        self._timer.stop()

    def _show(self, sentence: str) -> None:
        self.text.setText(sentence)
        self.setAccessibleName(sentence)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _undo(self) -> None:
        self.hide()
        self.undo.emit()
