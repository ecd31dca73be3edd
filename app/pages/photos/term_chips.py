"""The conditions of a search as chips, each with a cross that takes it away."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from app.pages.photos.terms import Term, TermKind
from app.style.icons import icon
from app.style.theme import Space
from app.widgets.flow_layout import FlowLayout
from app.widgets.label import Label
from engine.words import fill

PEOPLE = (TermKind.WITH, TermKind.WITHOUT)


class TermChips(QWidget):
    """A row of chips; a click on a person's turns "with" into "without" and back."""

    sense_clicked = Signal(object)
    """The `Term` of a person that was clicked."""
    dropped = Signal(object)
    """The `Term` whose cross was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: list[QWidget] = []
        self._row = FlowLayout(self)

    def show_terms(self, terms: Sequence[Term]) -> None:
        """Show one chip a condition."""
        for part in self._parts:
            self._row.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = []
        for before, term in zip([None, *terms], terms, strict=False):
            if before is not None and before.kind is TermKind.WITH and term.kind is TermKind.WITH:
                self._parts.append(Label(self.tr("and"), self))
            self._parts.append(self._chip(term))
        for part in self._parts:
            self._row.addWidget(part)

    def _chip(self, term: Term) -> QFrame:
        chip = QFrame(self)
        chip.setFrameShape(QFrame.Shape.StyledPanel)
        chip.setAutoFillBackground(True)
        chip.setBackgroundRole(QPalette.ColorRole.AlternateBase)
        text, cross = QPushButton(term.text.replace("&", "&&")), QToolButton()
        text.setFlat(True)
        text.setEnabled(term.kind in PEOPLE)
        text.setAccessibleName(term.text)
        if term.kind in PEOPLE:
            text.setToolTip(
                self.tr("Find photos without this person")
                if term.kind is TermKind.WITH
                else self.tr("Find photos with this person")
            )
        cross.setIcon(icon("x"))
        cross.setAutoRaise(True)
        cross.setAccessibleName(fill(self.tr("Take away: {term}"), term=term.text))
        text.clicked.connect(lambda: self.sense_clicked.emit(term))
        cross.clicked.connect(lambda: self.dropped.emit(term))
        row = QHBoxLayout(chip)
        row.setContentsMargins(Space.TINY, 0, 0, 0)
        row.setSpacing(0)
        for button in (text, cross):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        return chip
