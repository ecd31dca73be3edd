"""What a page shows while it has nothing to show: what it is for, and the one next step."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.style.theme import Space, TextSize, set_hint_colour, set_text_size
from app.widgets.ground import Ground
from app.widgets.label import Label

WIDEST = 460


class EmptyState(Ground):
    """A headline, a sentence and, where there is one, a button for the next step."""

    step = Signal()

    def __init__(self, headline: str, sentence: str, step: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.headline, self.sentence = Label(headline), Label(sentence)
        # Without a parent the button would be shown as a window of its own for a moment.
        self.button = QPushButton(step, self)
        self.setAccessibleName(headline)
        self.setAccessibleDescription(sentence)
        set_text_size(self.headline, TextSize.TITLE)
        set_hint_colour(self.sentence)
        self.sentence.setWordWrap(True)
        self.sentence.setMaximumWidth(WIDEST)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.sentence.setMinimumWidth(min(WIDEST, 320))
        self.button.setVisible(bool(step))
        self._do: Callable[[], object] = self.step.emit
        self.button.clicked.connect(self._go)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.HUGE, Space.HUGE, Space.HUGE, Space.HUGE)
        column.setSpacing(Space.MEDIUM)
        column.addStretch(1)
        for widget in (self.headline, self.sentence, self.button):
            column.addWidget(widget, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)

    def say(self, headline: str, sentence: str) -> None:
        """Say something else."""
        self.headline.setText(headline)
        self.sentence.setText(sentence)
        self.setAccessibleName(headline)
        self.setAccessibleDescription(sentence)

    def offer(self, step: str, do: Callable[[], object]) -> None:
        """Offer another next step, and what it does."""
        self._do = do
        self.button.setText(step)
        self.button.show()

    def offer_nothing(self) -> None:
        """Offer no step."""
        self.button.hide()

    def _go(self) -> None:
        self._do()
