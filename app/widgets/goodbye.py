"""The one question before something goes that cannot be brought back: what goes, what stays, and two clear buttons."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from app.style.theme import Space, TextSize, set_text_size
from app.widgets.label import Label
from app.widgets.widths import fit_to_words

WIDTH = 460


class Goodbye(QDialog):
    """Accepted only by the button that says what goes; Enter and Esc keep everything."""

    def __init__(self, question: str, sentences: Sequence[str], go: str, parent: QWidget, keep: str = "") -> None:
        """`keep` is what the other button says, where "Keep everything" is not it."""
        super().__init__(parent)
        self.setWindowTitle(question)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        headline = Label(question)
        headline.setWordWrap(True)
        set_text_size(headline, TextSize.NAME)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.LARGE)
        column.setSpacing(Space.MEDIUM)
        column.addWidget(headline)
        for sentence in sentences:
            line = Label(sentence)
            line.setWordWrap(True)
            column.addWidget(line)
        column.addSpacing(Space.SMALL)
        buttons = QDialogButtonBox()
        self.keep = QPushButton(keep or self.tr("Keep everything"))
        self.go = QPushButton(go)
        buttons.addButton(self.go, QDialogButtonBox.ButtonRole.DestructiveRole)
        buttons.addButton(self.keep, QDialogButtonBox.ButtonRole.RejectRole)
        self.go.setAutoDefault(False)
        self.keep.setDefault(True)
        self.go.clicked.connect(self.accept)
        self.keep.clicked.connect(self.reject)
        column.addWidget(buttons)
        fit_to_words(self, WIDTH)
        self.keep.setFocus()
