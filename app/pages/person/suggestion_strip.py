"""The question above a person's suggested faces, with a yes to those that are sure and a no to all."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.pages.person.arrangement import Arranged
from app.style import texts
from app.style.theme import Space, TextSize, set_hint_colour, set_text_size
from app.widgets.action_button import ActionButton
from app.widgets.flow_layout import FlowLayout
from app.widgets.label import Label
from app.widgets.title_label import TitleLabel
from engine.words import fill


class SuggestionStrip(QFrame):
    """Says whose suggestions are shown and how many there are; its owner hides it where there are none.

    The first of the actions shows all suggestions, where not all are shown.
    """

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._show_all = actions[0]
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.AlternateBase)
        self.question, self.number = TitleLabel(), Label()
        set_text_size(self.question, TextSize.NAME)
        set_hint_colour(self.number)
        self.question.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.WIDE, Space.SMALL, Space.LARGE, Space.SMALL)
        row.setSpacing(Space.MEDIUM)
        row.addWidget(self.question)
        row.addWidget(self.number)
        row.addStretch(1)
        answers = FlowLayout()
        for action in actions:
            answers.addWidget(ActionButton(action, self))
        row.addLayout(answers)
        self.hide()

    def ask(self, name: str, shown: Arranged, all_: int) -> None:
        """Ask about the suggestions that are shown, of all that there are."""
        count = shown.sure + shown.doubtful
        self.question.setText(fill(self.tr("Is this {name}?"), name=name))
        of_all = fill(
            self.tr("{shown} of {suggestions}"), shown=texts.number(count), suggestions=texts.suggestions(all_)
        )
        self.number.setText(texts.suggestions(all_) if count == all_ else of_all)
        self.setAccessibleName(f"{self.question.text()} {self.number.text()}")
        self._show_all.setVisible(count < all_)
