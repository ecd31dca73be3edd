"""The question above a person's suggested faces, with a yes to all of them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.style import texts
from app.style.theme import Space, TextSize, set_hint_colour, set_text_size
from app.widgets.action_button import ActionButton
from app.widgets.label import Label


class SuggestionStrip(QFrame):
    """Says whose suggestions are shown and how many there are; its owner hides it where there are none."""

    def __init__(self, confirm_all: QAction, show_all: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._confirm_all, self._show_all = confirm_all, show_all
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.AlternateBase)
        self.question, self.number = Label(), Label()
        set_text_size(self.question, TextSize.NAME)
        set_hint_colour(self.number)
        self.question.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.WIDE, Space.SMALL, Space.LARGE, Space.SMALL)
        row.setSpacing(Space.MEDIUM)
        row.addWidget(self.question)
        row.addWidget(self.number)
        row.addStretch(1)
        row.addWidget(ActionButton(show_all, self))
        row.addWidget(ActionButton(confirm_all, self))
        self.hide()

    def ask(self, name: str, shown: int, all_: int) -> None:
        """Ask about the suggestions that are shown, of all that there are."""
        self.question.setText(self.tr("Is this {name}?").format(name=name))
        of_all = self.tr("{shown} of {suggestions}").format(
            shown=texts.number(shown), suggestions=texts.suggestions(all_)
        )
        self.number.setText(texts.suggestions(all_) if shown == all_ else of_all)
        self.setAccessibleName(f"{self.question.text()} {self.number.text()}")
        self._confirm_all.setText(self.tr("Yes to all {number}").format(number=texts.number(shown)))
        self._confirm_all.setEnabled(shown > 0)
        self._show_all.setVisible(shown < all_)
