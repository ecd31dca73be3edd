"""Says over a photo why it cannot be seen, and what can be done."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.style.theme import Space, TextSize, set_hint_colour, set_text_size, text_scale
from app.widgets.label import Label
from app.widgets.widths import keep_as_wide

WIDTH = 380


class PhotoNotice(QFrame):
    """A sentence and its remedy in the middle of the photo."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.sentence, self.remedy = Label(), Label()
        set_text_size(self.sentence, TextSize.NAME)
        set_hint_colour(self.remedy)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.WIDE, Space.LARGE, Space.WIDE, Space.LARGE)
        for label in (self.sentence, self.remedy):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        keep_as_wide(self, lambda: WIDTH * text_scale())
        room = QVBoxLayout(parent)
        room.addWidget(self, alignment=Qt.AlignmentFlag.AlignCenter)
        self.hide()

    def say(self, sentence: str, remedy: str) -> None:
        """Show a sentence and what helps."""
        self.sentence.setText(sentence)
        self.remedy.setText(remedy)
        self.setAccessibleName(f"{sentence} {remedy}")
        self.show()
