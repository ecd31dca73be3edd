"""Asks to whom faces are to be moved; stands where the selection's bar stood."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from app.names.known_names import KnownNames
from app.names.who_field import WhoField
from app.style import texts
from app.style.icons import icon
from app.style.theme import Space
from app.widgets.label import Label
from engine.words import fill


class MoveBar(QFrame):
    """A name field with the likeliest people beside it, and a button for somebody who has no name yet."""

    nameless = Signal()
    """To somebody new, without a name."""
    closed = Signal()

    def __init__(self, names: KnownNames, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.question = Label()
        self.who = WhoField(names, self.tr("To whom?"), self)
        self.new_button, self.close_button = QPushButton(self.tr("Somebody new")), QToolButton()
        self.new_button.setToolTip(self.tr("Somebody who has no name yet"))
        self.close_button.setIcon(icon("x"))
        self.close_button.setAutoRaise(True)
        self.close_button.setAccessibleName(self.tr("Do not move"))
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.WIDE, Space.SMALL, Space.LARGE, Space.SMALL)
        row.setSpacing(Space.SMALL)
        row.addWidget(self.question)
        row.addWidget(self.who, 1)
        for button in (self.new_button, self.close_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        self.new_button.clicked.connect(self.nameless)
        self.close_button.clicked.connect(self.closed)
        self.who.cancelled.connect(self.closed)
        self.faces: list[int] = []
        """Which faces are to be moved."""
        self.hide()

    def open(self, faces: list[int]) -> None:
        """Ask to whom these faces are to be moved."""
        self.faces = faces
        self.question.setText(fill(self.tr("Move {faces} to"), faces=texts.faces(len(faces))))
        self.setAccessibleName(self.question.text())
        self.who.clear()
        self.show()
        self.who.edit.setFocus()
