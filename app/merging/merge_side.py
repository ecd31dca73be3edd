"""One of those who may be the same person: the name, the numbers, a few faces."""

from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from app.faces.face_strip import FaceStrip
from app.pictures.pictures import Pictures
from app.session.merging import FACES, Candidate
from app.style import texts
from app.style.theme import Space, TextSize, set_hint_colour, set_text_size
from app.widgets.label import Label
from engine.words import fill

SIDE = 84


class MergeSide(QWidget):
    """Shows a candidate; `let_choose` turns the name into a choice."""

    def __init__(self, pictures: Pictures, candidate: Candidate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = candidate.row
        self._name = texts.called(row.name)
        self.name, self.numbers = Label(self._name), Label()
        set_text_size(self.name, TextSize.NAME)
        set_text_size(self.numbers, TextSize.HINT)
        set_hint_colour(self.numbers)
        self.numbers.setText(f"{texts.faces(row.faces)} · {texts.photos(row.photos)}")
        self._line = QHBoxLayout()
        self._line.setSpacing(Space.SMALL)
        self._line.addWidget(self.name)
        self._line.addWidget(self.numbers)
        self._line.addStretch(1)
        self.faces = FaceStrip(pictures, SIDE, FACES)
        self.faces.show_faces(candidate.faces, fill(self.tr("Faces of {name}"), name=self._name))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        column.addLayout(self._line)
        column.addWidget(self.faces)

    def let_choose(self) -> QRadioButton:
        """Return a button that stands for the name: whose is chosen keeps it."""
        choice = QRadioButton(self._name.replace("&", "&&"))
        set_text_size(choice, TextSize.NAME)
        choice.setAccessibleName(fill(self.tr("Keep the name {name}"), name=self._name))
        choice.setToolTip(texts.plain_tip(choice.accessibleName()))
        self._line.replaceWidget(self.name, choice)
        self.name.hide()
        return choice
