"""A question on the screen: both sides large, the reason in one line, three buttons, and other names."""

from collections.abc import Callable, Sequence
from functools import partial
from math import ceil

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.faces.question_side import BELOW, QuestionSide, Shown
from app.names.name_chips import NameChips
from app.names.name_edit import NameEdit
from app.pages.review.actions import PICKS, ReviewActions
from app.pages.review.room import height_of
from app.pictures.pictures import Pictures
from app.style import texts
from app.style.sheet import make_primary
from app.style.theme import Space, TextSize, set_hint_colour, set_text_size
from app.widgets.action_button import ActionButton
from app.widgets.ground import Ground
from app.widgets.label import Label
from app.widgets.widths import grow_with_words

SIDES = (120, 460)
"""The smallest and the largest side of the large faces."""

STEP = 20
"""Faces grow and shrink in steps, so that few sizes have to be made."""

FOOT = 48
"""Height that the window's message bar takes when it appears: it must not make the faces jump."""

BUTTON = (130, 40)
NAME_WIDTH = 180


class QuestionView(QWidget):
    """Shows what it is told; what the actions do is the page's to know.

    The keys of the answers are those of the `ground`, which has the faces and the buttons: whoever types a name in the
    field below it types letters.
    """

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ground, self._side, self._window_size = Ground(), SIDES[0], QSize()
        self.headline, self.reasons, self.outcome = Label(), Label(), Label()
        self.answers = QWidget(self.ground)
        self.known, self.asked = QuestionSide(pictures), QuestionSide(pictures)
        self.chips, self.name = NameChips(), NameEdit()
        self.somebody_else = Label(self.tr("Somebody else?"))
        self.acts = ReviewActions(self.ground)
        self.chips.addActions(self.acts.all())
        self.acts.bind({name: partial(self.chips.pick, place) for place, name in enumerate(PICKS)})
        self.acts.bind({"enter": self._presser("yes"), "space": self._presser("look")})
        self.acts.bind({"look": self.asked.large.click})
        self.ground.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self.ground)
        self._dress()
        self._lay_out()

    def show_words(self, headline: str, reasons: str, figures: str, outcome: str) -> None:
        """Show the question, why it is asked with the figures in a tool tip, and what a yes does."""
        self.headline.setText(headline)
        self.reasons.setText(reasons)
        self.reasons.setToolTip(texts.plain_tip(figures))
        self.outcome.setText(outcome)
        self.ground.setAccessibleName(headline)
        self.ground.setAccessibleDescription(reasons)

    def show_names(self, names: Sequence[tuple[int, str]] | None) -> None:
        """Offer other people by id and name; None where the question is not about somebody without a name."""
        for widget in (self.chips, self.name, self.somebody_else):
            widget.setVisible(names is not None)
        self.chips.show_names(names or ())
        self.name.clear()

    def prepare(self, known: Sequence[Shown], asked: Sequence[Shown]) -> None:
        """Have the pictures made that a next question will show."""
        self.known.prepare(known)
        self.asked.prepare(asked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the faces as large as there is room for; bars that come and go within one window do not move them."""
        super().resizeEvent(event)
        fits = self._side_within(self.height())
        if self.window().size() != self._window_size:
            self._window_size = self.window().size()
            self._side = self._side_within(self.height() - FOOT)
        self._side = min(self._side, fits)
        self.known.set_side(self._side)
        self.asked.set_side(self._side)

    def height_needed(self, width: int) -> int:
        """Return the height in which everything is whole and the faces are as small as they may be."""
        return self._words_within(width) + ceil(SIDES[0] * (1 + BELOW))

    def _side_within(self, height: int) -> int:
        room = height - self._words_within(self.width())
        width = (self.width() - 2 * Space.WIDE - Space.HUGE) / 2
        side = int(min(room / (1 + BELOW), width)) // STEP * STEP
        return max(SIDES[0], min(SIDES[1], side))

    def _words_within(self, width: int) -> int:
        """Return the height of all but the faces."""
        inside = width - 2 * (Space.LARGE + Space.SMALL)
        parts = (self.headline, self.reasons, self.answers, self.outcome, self.name)
        heights = sum(height_of(part, inside) + Space.MEDIUM for part in parts)
        return heights + self.known.height_for_words + Space.LARGE + Space.SMALL

    def _presser(self, name: str) -> Callable[[], None]:
        """Return what a key does that presses the button with the focus; where none has it, the key is an answer."""

        def press() -> None:
            focused = self.focusWidget()
            if isinstance(focused, QAbstractButton) and focused.hasFocus():
                focused.click()
            else:
                self.acts[name].trigger()

        return press

    def _dress(self) -> None:
        for label, size in (
            (self.headline, TextSize.TITLE),
            (self.reasons, TextSize.BODY),
            (self.outcome, TextSize.HINT),
        ):
            set_text_size(label, size)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(True)
        set_hint_colour(self.outcome)
        self.name.setPlaceholderText(self.tr("Type a name"))
        self.name.setAccessibleName(self.tr("Somebody else: type a name"))
        grow_with_words(self.name, NAME_WIDTH)

    def _lay_out(self) -> None:
        above = QVBoxLayout(self.ground)
        # Between the words and the ring that shows the focus.
        above.setContentsMargins(Space.SMALL, Space.SMALL, Space.SMALL, Space.SMALL)
        above.setSpacing(Space.MEDIUM)
        above.addWidget(self.headline)
        above.addLayout(_centred(Space.HUGE, self.known, self.asked))
        above.addWidget(self.reasons)
        above.addWidget(self.answers)
        above.addWidget(self.outcome)
        self._lay_out_answers()
        names = QHBoxLayout()
        names.setContentsMargins(Space.SMALL, 0, Space.SMALL, 0)
        names.setSpacing(Space.MEDIUM)
        self.chips.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        names.addStretch(1)
        names.addWidget(self.somebody_else)
        names.addWidget(self.chips)
        names.addWidget(self.name)
        names.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.LARGE, 0, Space.LARGE, Space.SMALL)
        column.setSpacing(Space.MEDIUM)
        column.addWidget(self.ground)
        column.addLayout(names)
        column.addStretch(1)

    def _lay_out_answers(self) -> None:
        """Put the three answers into the middle, and the way back at the end of their row."""
        answers = [ActionButton(self.acts[name], self.answers) for name in ("no", "not sure", "yes")]
        make_primary(answers[-1])
        for button in answers:
            set_text_size(button, TextSize.NAME)
            button.setMinimumSize(*BUTTON)
        # Made after the answers: what is heard of a page is heard in the order in which it was made.
        back = ActionButton(self.acts["undo"], self.answers)
        back.setFlat(True)
        row = QGridLayout(self.answers)
        row.setContentsMargins(0, 0, 0, 0)
        row.setHorizontalSpacing(Space.LARGE)
        row.addLayout(_centred(Space.LARGE, *answers), 0, 1)
        row.addWidget(back, 0, 2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.setColumnStretch(0, 1)
        row.setColumnStretch(2, 1)


def _centred(spacing: int, *widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(spacing)
    row.addStretch(1)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
