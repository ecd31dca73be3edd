"""One side of a question: who it is, a face as large as there is room for, and smaller pictures below it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.faces.face_button import FaceButton
from app.pictures.pictures import Picture, Pictures
from app.style import texts
from app.style.theme import Space, TextSize, set_hint_colour, set_text_size
from app.widgets.label import Label
from engine.geometry import Box

BELOW = 0.32
"""Height of the pictures below, as a part of the large one's."""

MOST_BELOW = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture with what it is called; a press opens `photo`.

    In the picture of a whole photo, which is `ratio` times as wide as high, the relative box `mark` is outlined.
    """

    picture: Picture
    name: str
    photo: int
    mark: Box | None = None
    ratio: float = 1.0


class QuestionSide(QWidget):
    """The first picture is large; a whole photo below it takes the room that faces leave."""

    opened = Signal(int)
    """A picture was clicked: the id of its photo."""
    touched = Signal(int)
    """A picture is pressed: the same."""
    carried_off = Signal(QWidget, int)
    """A picture is dragged away: its widget, and the same."""

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.caption, self.hint = Label(), Label()
        self.caption.setTextFormat(Qt.TextFormat.PlainText)
        set_text_size(self.caption, TextSize.NAME)
        set_text_size(self.hint, TextSize.HINT)
        set_hint_colour(self.hint)
        self.large = self._button(pictures)
        self.below = [self._button(pictures) for _ in range(MOST_BELOW)]
        self._photos: dict[FaceButton, int] = {}
        self._shown: list[Shown] = []
        self._side, self._caption, self._hint = 0, "", ""
        # The pictures follow the room that there is, and never keep the window from becoming smaller.
        self.setMinimumSize(1, 1)
        self._lay_out()
        self.set_side(Space.HUGE * 5)

    @property
    def height_for_words(self) -> int:
        """What stands above and between the pictures."""
        return self.caption.sizeHint().height() + self.hint.sizeHint().height() + 4 * Space.SMALL

    def show_side(self, caption: str, hint: str, shown: Sequence[Shown]) -> None:
        """Show these pictures; what was there before stays only where the same picture comes again."""
        self._caption = caption
        self._hint = hint
        self._shown = list(shown)
        for button, one in zip([self.large, *self.below], [*shown, None, None, None, None], strict=False):
            self._show(button, one)
        self._share_out()

    def prepare(self, shown: Sequence[Shown]) -> None:
        """Have the pictures made that will be shown here next."""
        for button, one in reversed(list(zip([self.large, *self.below], shown, strict=False))):
            button.prepare(one.picture)

    def set_side(self, side: int) -> None:
        """Make the large picture so wide and high."""
        if side != self._side:
            self._side = side
            self.setMaximumWidth(side)
            self.large.set_room(side, side)
            self._share_out()

    def _show(self, button: FaceButton, one: Shown | None) -> None:
        if one is None:
            button.show_picture(None, "")
            return
        self._photos[button] = one.photo
        button.show_picture(one.picture, one.name, one.mark)

    def _share_out(self) -> None:
        """Give faces below the large one a square each, a photo what is left of the width, and elide a long name."""
        height = round(self._side * BELOW)
        below = self._shown[1 : 1 + MOST_BELOW]
        faces = sum(one.mark is None for one in below)
        for button, one in zip(self.below, below, strict=False):
            wide = self._side - faces * (height + Space.SMALL)
            button.set_room(height if one.mark is None else min(wide, round(height * one.ratio)), height)
        for label, text in ((self.caption, self._caption), (self.hint, self._hint)):
            label.setText(label.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, self._side))
            label.setToolTip(texts.plain_tip(text))

    def _button(self, pictures: Pictures) -> FaceButton:
        button = FaceButton(pictures, self)
        button.clicked.connect(lambda: self.opened.emit(self._photos[button]))
        button.pressed.connect(lambda: self.touched.emit(self._photos[button]))
        button.carried_off.connect(lambda: self.carried_off.emit(button, self._photos[button]))
        return button

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        words = QVBoxLayout()
        words.setSpacing(0)
        for label in (self.caption, self.hint):
            label.setMinimumSize(QSize(1, 0))
            words.addWidget(label)
        row = QHBoxLayout()
        row.setSpacing(Space.SMALL)
        for button in self.below:
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(words)
        column.addWidget(self.large)
        column.addLayout(row)
