"""What can be done with the faces that are selected; absent when none is."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from app.style import texts
from app.style.icons import icon
from app.style.theme import Space
from app.widgets.action_button import ActionButton
from app.widgets.flow_layout import FlowLayout
from app.widgets.label import Label
from engine.words import fill


class SelectionBar(QFrame):
    """A line at the foot of a page: how many faces, and a button for each action."""

    cleared = Signal()
    """Nothing should be selected any more."""

    def __init__(self, actions: Iterable[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.count = Label()
        self._row, self._acts = QHBoxLayout(self), FlowLayout()
        self._row.setContentsMargins(Space.WIDE, Space.SMALL, Space.LARGE, Space.SMALL)
        self._row.setSpacing(Space.SMALL)
        self._row.addWidget(self.count)
        self._row.addSpacing(Space.SMALL)
        for action in actions:
            self._acts.addWidget(ActionButton(action, self))
        self._row.addLayout(self._acts, 1)
        self.close_button = QToolButton()
        self.close_button.setIcon(icon("x"))
        self.close_button.setAutoRaise(True)
        self.close_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.close_button.setAccessibleName(self.tr("Select nothing"))
        self.close_button.setToolTip(self.tr("Select nothing"))
        self.close_button.clicked.connect(self.cleared)
        self._row.addWidget(self.close_button)
        self.hide()

    def insert(self, field: QWidget) -> None:
        """Put a field before the buttons; it takes the room that is left."""
        self._row.setStretchFactor(self._acts, 0)
        self._row.insertWidget(1, field, 1)

    def show_count(self, count: int) -> None:
        """Say how many faces are meant; none hides the bar."""
        self.say(texts.faces(count), shown=count > 0)

    def say(self, counted: str, *, shown: bool) -> None:
        """Show the bar, or not, with how many are meant in words ("3 people")."""
        self.count.setText(counted)
        self.setAccessibleName(fill(self.tr("{counted} selected"), counted=counted))
        self.setVisible(shown)
