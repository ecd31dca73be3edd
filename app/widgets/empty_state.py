"""What a page shows while it has nothing to show: what it is for, and the one next step."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.style.sheet import make_primary
from app.style.theme import Space, TextSize, set_hint_colour, set_text_size
from app.widgets.ground import Ground
from app.widgets.label import Label

WIDEST, NARROWEST = 460, 320


class EmptyState(Ground):
    """A headline, a sentence and, where there is one, a button for the next step; rarely one for another."""

    step = Signal()

    def __init__(self, headline: str, sentence: str, step: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.headline, self.sentence = Label(headline), Label(sentence)
        # Without a parent the button would be shown as a window of its own for a moment.
        self.button = make_primary(QPushButton(step, self))
        self.setAccessibleName(headline)
        self.setAccessibleDescription(sentence)
        set_text_size(self.headline, TextSize.TITLE)
        set_hint_colour(self.sentence)
        self.sentence.setWordWrap(True)
        self.sentence.setMaximumWidth(WIDEST)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.sentence.setMinimumWidth(NARROWEST)
        self.button.setVisible(bool(step))
        self.other = QPushButton(self)
        self.other.hide()
        self._do: Callable[[], object] = self.step.emit
        self._do_other: Callable[[], object] = self.step.emit
        self.button.clicked.connect(self._go)
        self.other.clicked.connect(self._go_there)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(Space.HUGE, Space.HUGE, Space.HUGE, Space.HUGE)
        column.setSpacing(Space.MEDIUM)
        column.addStretch(1)
        column.addWidget(self.headline, alignment=Qt.AlignmentFlag.AlignHCenter)
        # A layout gives what it aligns the height of one line: words that wrap are centred by what stands beside them.
        middle = QHBoxLayout()
        for part in (None, self.sentence, None):
            middle.addStretch(1) if part is None else middle.addWidget(part, WIDEST)
        column.addLayout(middle)
        column.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.other, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)

    def add_picture(self, picture: QWidget) -> None:
        """Show something above the words."""
        self._column.insertWidget(1, picture, alignment=Qt.AlignmentFlag.AlignHCenter)

    def say(self, headline: str, sentence: str) -> None:
        """Say something else."""
        self.headline.setText(headline)
        self.sentence.setText(sentence)
        self.setAccessibleName(headline)
        self.setAccessibleDescription(sentence)

    def offer(self, step: str, do: Callable[[], object]) -> None:
        """Offer another next step, and what it does."""
        self.other.hide()
        self._do = do
        self.button.setText(step)
        self.button.show()

    def offer_also(self, step: str, do: Callable[[], object]) -> None:
        """Offer another step below the first, until something else is offered."""
        self._do_other = do
        self.other.setText(step)
        self.other.show()

    def offer_nothing(self) -> None:
        """Offer no step."""
        self.button.hide()
        self.other.hide()

    def _go(self) -> None:
        self._do()

    def _go_there(self) -> None:
        self._do_other()
