"""A short manual: what there is to do, in the order in which one comes to it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.style.theme import Space, TextSize, set_text_size
from app.widgets.column import Column
from app.widgets.label import Label

LETTERS = 92


class Manual(QScrollArea):
    """Headings, and a few sentences below each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Manual"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = Column(LETTERS)
        column = QVBoxLayout(inside)
        column.setContentsMargins(Space.SMALL, 0, Space.LARGE, Space.LARGE)
        column.setSpacing(Space.TINY)
        for heading, words in self._sections():
            head, body = Label(heading), Label(words)
            set_text_size(head, TextSize.NAME, QFont.Weight.DemiBold)
            head.setWordWrap(True)
            body.setWordWrap(True)
            body.setContentsMargins(0, 0, 0, Space.LARGE)
            column.addWidget(head)
            column.addWidget(body)
        column.addStretch(1)
        self.setWidget(inside)

    def _sections(self) -> list[tuple[str, str]]:
        return [
            (
                self.tr("Begin"),
                self.tr(
                    "Add the folders in which your photos lie. Kinfolk finds the faces and puts those that look alike "
                    "together, while you go on working. Photos are only read. Nothing leaves this computer."
                ),
            ),
            (
                self.tr("Give names"),
                self.tr(
                    "On People, type a name below a face and press Enter: the next one is asked for at once. A name "
                    "with a question mark is a suggestion; Tab takes it. Space shows more faces of a person. Drag one "
                    "person onto another where both are the same."
                ),
            ),
            (
                self.tr("Answer questions"),
                self.tr(
                    "Review asks what helps most. Y, N and S answer, Z takes the last answer back. Every answer is "
                    "used for the questions that follow."
                ),
            ),
            (
                self.tr("Mend a person"),
                self.tr(
                    "Open a person with a double click. Select the faces that are wrong and press N, or M to move them "
                    "to somebody else. Where one is two people, Shift+S divides them. Faces with a dashed line are "
                    "suggestions, and wait for your Yes or No."
                ),
            ),
            (
                self.tr("Faces of nobody you know"),
                self.tr(
                    "Unsorted holds the faces that go with nobody. Name them, or set them aside as strangers: then "
                    "later photos of theirs are set aside, too. Shift+I lists whom you have set aside."
                ),
            ),
            (
                self.tr("Find photos"),
                self.tr(
                    "On Photos, type a name, a year or a folder; two names find the photos that show both. In a photo, "
                    "click a face to name it, and press O to draw one that was missed."
                ),
            ),
            (
                self.tr("Go back"),
                self.tr(
                    "Ctrl+Z takes back whatever you said, step by step, also after a restart; History lists the steps. "
                    "Esc ends what is being done, then leads back."
                ),
            ),
        ]
