"""What the chosen step was about, and the question before anything is taken back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.faces.face_strip import FaceStrip
from app.pictures.pictures import Pictures
from app.style import texts
from app.style.icons import icon
from app.style.sheet import make_primary
from app.style.theme import Space, TextSize, set_hint_colour, set_text_size
from app.widgets.label import Label
from engine.library.step_details import FACES_SHOWN, StepDetails
from engine.words import fill

SIDE = 52
NAMES_SHOWN = 4


class HistoryBar(QFrame):
    """At the foot of the page, as long as a step is chosen that is not where one is."""

    go_wanted = Signal()
    alone_wanted = Signal()

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.AlternateBase)
        self.faces, self.about, self.question = FaceStrip(pictures, SIDE, FACES_SHOWN), Label(), Label()
        self.go_button = make_primary(QPushButton(icon("history"), ""))
        self.alone_button = QPushButton(icon("undo-2"), self.tr("Undo this step alone"))
        set_text_size(self.about, TextSize.NAME)
        set_hint_colour(self.question)
        for label in (self.about, self.question):
            label.setMinimumWidth(1)
        words, row = QVBoxLayout(), QHBoxLayout(self)
        words.addWidget(self.about)
        words.addWidget(self.question)
        row.setContentsMargins(Space.WIDE, Space.SMALL, Space.WIDE, Space.SMALL)
        row.setSpacing(Space.MEDIUM)
        row.addWidget(self.faces)
        row.addLayout(words, 1)
        row.addWidget(self.alone_button)
        row.addWidget(self.go_button)
        self.go_button.clicked.connect(self.go_wanted)
        self.alone_button.clicked.connect(self.alone_wanted)
        self.hide()

    def show_step(self, label: str, question: str, go: str) -> None:
        """Ask whether to go to a step; what it was about comes with `show_details`."""
        self.about.setText(label)
        self.question.setText(question)
        self.go_button.setText(go)
        self.faces.hide()
        self.alone_button.hide()
        self.show()

    def show_details(self, label: str, details: StepDetails | None) -> None:
        """Say whom and how many faces a step was about, and show the first of them."""
        if details is None:
            return
        whom = ", ".join(texts.called_shortly(name) for name in details.names[:NAMES_SHOWN])
        if len(details.names) > NAMES_SHOWN:
            whom = fill(self.tr("{names} and others"), names=whom)
        counted = texts.faces(details.faces) if details.faces else ""
        parts = [label, *(part for part in (whom, counted) if part)]
        self.about.setText("  ·  ".join(parts))
        self.about.setToolTip(texts.plain_tip(self.about.text()))
        self.faces.set_count(len(details.shown))
        self.faces.show_faces(details.shown, self.tr("Faces of this step"))
        self.faces.setVisible(bool(details.shown))
        self.alone_button.setVisible(details.alone)

    def focus(self) -> None:
        """Let Enter answer the question."""
        self.go_button.setFocus(Qt.FocusReason.OtherFocusReason)
