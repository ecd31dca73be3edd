"""What something learnt is worth: before and after, faces that it fixed and broke, and whether to use it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.faces.face_strip import FaceStrip
from app.pages.learn.words import gain_rows, way_words
from app.pictures.pictures import Pictures
from app.style import texts
from app.style.theme import Space, TextSize, set_hint_colour, set_text_size
from app.widgets.label import Label
from engine.words import fill
from engine.workflows.learning.taught import Taught

FACE, MOST = 64, 9


class Verdict(QWidget):
    """Hidden until something was judged."""

    apply_wanted = Signal()
    keep_wanted = Signal()

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.headline, self.why, self.figures = Label(), Label(), [[Label() for _ in range(3)] for _ in range(3)]
        self.fixed, self.broken = FaceStrip(pictures, FACE, MOST), FaceStrip(pictures, FACE, MOST)
        self.fixed_words, self.broken_words, self.hint = Label(), Label(), Label()
        self.apply_button = QPushButton(self.tr("Apply"), self)
        self.keep_button = QPushButton(self.tr("Keep the old one"), self)
        self.apply_button.clicked.connect(self.apply_wanted)
        self.keep_button.clicked.connect(self.keep_wanted)
        self._lay_out()
        self.hide()

    def show_taught(self, taught: Taught) -> None:
        """Show what came of learning."""
        gained = taught.card is not None
        heads = (self.tr("A measurable gain, by {way}"), self.tr("No measurable gain; nothing changes"))
        self.headline.setText(fill(heads[0], way=way_words(taught.way)) if gained else heads[1])
        self.why.setText("" if taught.refusal is None else texts.told(taught.refusal))
        self.why.setVisible(not gained)
        rows = (("", self.tr("Pairs told right"), self.tr("Grouping (F)")), *gain_rows(taught.gains))
        for labels, row in zip(self.figures, rows, strict=True):
            for label, text in zip(labels, row, strict=True):
                label.setText(text)
        self._show_faces(self.fixed, self.fixed_words, taught.fixed, self.tr("Fixed: {faces}"))
        self._show_faces(self.broken, self.broken_words, taught.broken, self.tr("Broken: {faces}"))
        self.apply_button.setVisible(gained)
        self.keep_button.setText(self.tr("Keep the old one") if gained else self.tr("Close"))
        self.show()
        (self.apply_button if gained else self.keep_button).setFocus()

    def _show_faces(self, strip: FaceStrip, words: Label, faces: tuple[int, ...], said: str) -> None:
        text = fill(said, faces=texts.faces(len(faces)))
        words.setText(text)
        strip.show_faces(faces[:MOST], text)
        strip.setVisible(bool(faces))

    def _lay_out(self) -> None:
        set_text_size(self.headline, TextSize.NAME)
        self.hint.setText(
            self.tr(
                "Judged on faces that were not learnt from. Pairs told right: of one person, where 1 % of pairs of two "
                "people are taken for one. In brackets: by how much, with 99 % confidence. Fixed and broken: faces "
                "whose most similar other face became that of the same person, or ceased to be."
            )
        )
        self.hint.setWordWrap(True)
        self.why.setWordWrap(True)
        set_hint_colour(self.hint)
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.WIDE)
        for number, labels in enumerate(self.figures):
            for place, label in enumerate(labels):
                grid.addWidget(label, number, place)
        for label in self.figures[0]:
            set_hint_colour(label)
        grid.setColumnStretch(3, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.apply_button)
        buttons.addWidget(self.keep_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.SMALL, 0, 0)
        column.setSpacing(Space.SMALL)
        column.addWidget(self.headline)
        column.addWidget(self.why)
        column.addLayout(grid)
        for widget in (self.fixed_words, self.fixed, self.broken_words, self.broken, self.hint):
            column.addWidget(widget)
        column.addLayout(buttons)
