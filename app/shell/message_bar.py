"""One line at the foot of the window that says what has just happened, with a way to take it back."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QStyle, QToolButton, QWidget

from app.style import texts
from app.style.icons import icon
from app.style.theme import Space
from app.widgets.label import Label
from engine.errors import KinfolkError

SHOWN_MS = 8_000

Answer = tuple[str, Callable[[], None]]
"""The word on a button and what it does."""


class MessageBar(QFrame):
    """Shows an event for some seconds, an error or a question until it is closed; never takes the focus."""

    undo = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.AlternateBase)
        self.sign, self.text = Label(), Label()
        self.button, self.close_button = QPushButton(), QToolButton()
        size = self.style().pixelMetric(QStyle.PixelMetric.PM_SmallIconSize)
        self.sign.setPixmap(icon("triangle-alert", QPalette.ColorRole.BrightText).pixmap(size))
        self.text.setWordWrap(True)
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.close_button.setIcon(icon("x"))
        self.close_button.setAccessibleName(self.tr("Close this message"))
        self.close_button.setAutoRaise(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.WIDE, Space.SMALL, Space.LARGE, Space.SMALL)
        row.addWidget(self.sign)
        row.addWidget(self.text, 1)
        row.addWidget(self.button)
        row.addWidget(self.close_button)
        self._do: Callable[[], None] = self.undo.emit
        self._closed: Callable[[], None] | None = None
        self._error: KinfolkError | None = None
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        self.button.clicked.connect(self._act)
        self.close_button.clicked.connect(self._close)
        self.hide()

    def say(self, sentence: str) -> None:
        """Say what happened; it can be undone."""
        self._show(sentence, (self.tr("Undo"), self.undo.emit))
        self._timer.start()

    def tell(self, sentence: str, answer: Answer | None = None) -> None:
        """Say something that cannot be undone, perhaps with something else to do about it."""
        self._show(sentence, answer)
        self._timer.start()

    def complain(
        self, error: KinfolkError, answer: Answer | None = None, closed: Callable[[], None] | None = None
    ) -> None:
        """Show an error with its hint until it is closed, which may mean something."""
        self._show(texts.told(error), answer)
        self._closed, self._error = closed, error
        self.sign.show()
        self._timer.stop()

    def withdraw(self, error: KinfolkError) -> None:
        """Take an error away, if it still stands here, because it is none any more."""
        if self._error is error:
            self.hide()

    def ask(self, sentence: str, answer: Answer, closed: Callable[[], None]) -> None:
        """Offer something until it is taken or the message is closed; what happens meanwhile is told in its place."""
        self._show(sentence, answer)
        self._closed = closed
        self._timer.stop()

    def _show(self, sentence: str, answer: Answer | None) -> None:
        self._closed = self._error = None
        self.text.setText(texts.told(sentence))
        self.setAccessibleName(self.text.text())
        self.sign.hide()
        self.button.setVisible(answer is not None)
        if answer is not None:
            word, self._do = answer
            self.button.setText(word)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _close(self) -> None:
        self.hide()
        if self._closed is not None:
            self._closed()

    def _act(self) -> None:
        self.hide()
        self._do()
