"""The question whether a folder is the one that was known at another place."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from app.style.theme import Space, TextSize, set_text_size
from app.widgets.label import Label
from app.widgets.widths import fit_to_words
from engine.words import fill
from engine.workflows.scan.known_again import Likeness

WIDTH = 460


class DiskQuestion(QDialog):
    """Yes is what Enter answers; Esc answers nothing, and nothing is scanned."""

    def __init__(self, likeness: Likeness, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Is this the same folder?"))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        headline = Label(self.tr("Is this the same folder?"))
        set_text_size(headline, TextSize.NAME)
        self.sentence = Label(
            fill(
                self.tr(
                    "{path} holds the photos that lay in {old}, which is not there now. If it is the same disk, they "
                    "keep all names and answers. If it is another one, its photos are new."
                ),
                path=likeness.path,
                old=likeness.folder.path,
            )
        )
        self.sentence.setWordWrap(True)
        self.same, self.other = QPushButton(self.tr("Yes, the same")), QPushButton(self.tr("No, another"))
        self.same.setDefault(True)
        self.other.setAutoDefault(False)
        buttons = QDialogButtonBox()
        buttons.addButton(self.same, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.other, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.LARGE)
        column.setSpacing(Space.MEDIUM)
        column.addWidget(headline)
        column.addWidget(self.sentence)
        column.addSpacing(Space.SMALL)
        column.addWidget(buttons)
        fit_to_words(self, WIDTH)
