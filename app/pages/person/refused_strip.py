"""After refusals: where the refused faces are, and the way to the grid that offers each to its next person."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from app.style import texts
from app.style.theme import Space
from app.widgets.label import Label
from engine.words import fill


class RefusedStrip(QFrame):
    """One line, as long as somebody looks at the person whose faces were refused."""

    wanted = Signal()
    """The grid is to be shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.AlternateBase)
        self.text, self.button = Label(), QPushButton(self.tr("Who are they?"))
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self.wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.WIDE, Space.SMALL, Space.LARGE, Space.SMALL)
        row.setSpacing(Space.MEDIUM)
        row.addWidget(self.text)
        row.addStretch(1)
        row.addWidget(self.button)
        self.hide()

    def add(self, count: int) -> None:
        """Say that so many faces more were refused."""
        self._count += count
        said = self.tr("Said no to {faces}. Those alike are a group on People now; the others are in Unsorted.")
        self.text.setText(fill(said, faces=texts.faces(self._count)))
        self.setAccessibleName(self.text.text())
        self.show()

    def clear(self) -> None:
        """Say nothing any more."""
        self._count = 0
        self.hide()
