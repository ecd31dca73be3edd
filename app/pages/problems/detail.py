"""One problem, large: what is wrong, the faces or photos it is about, and the remedies as buttons."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QListView, QVBoxLayout, QWidget

from app.faces.question_side import BELOW, QuestionSide, Shown
from app.pictures.pictures import Pictures
from app.style.theme import Space, TextSize, set_hint_colour, set_text_size
from app.widgets.action_button import ActionButton
from app.widgets.flow_layout import FlowLayout
from app.widgets.label import Label

MOST_SIDES = 4
LARGEST = 380
STEP = 20


@dataclass(frozen=True, slots=True)
class Column:
    """Pictures with a caption and a hint; `below` says whether there are small ones under the large one."""

    caption: str
    hint: str
    shown: tuple[Shown, ...]


class ProblemDetail(QWidget):
    """Shows what it is told; the remedies are the page's actions, of which only the fitting ones are seen."""

    opened = Signal(int)
    """A picture was pressed: the id of its photo."""

    def __init__(self, pictures: Pictures, remedies: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question, self.where, self.advice = Label(), Label(), Label()
        self.sides = [QuestionSide(pictures, self) for _ in range(MOST_SIDES)]
        self.files = QListView(self)
        self._columns: tuple[Column, ...] = ()
        self._buttons = [ActionButton(action, self) for action in remedies]
        for side in self.sides:
            side.opened.connect(self.opened)
            side.hide()
        self._dress()
        self._lay_out()

    def show_words(self, question: str, where: str, advice: str) -> None:
        """Show what is asked, what it is about and what can be done."""
        self.question.setText(question)
        self.where.setText(where)
        self.where.setVisible(bool(where))
        self.advice.setText(advice)
        self.setAccessibleName(question)

    def show_columns(self, columns: Sequence[Column], files: Sequence[str] = ()) -> None:
        """Show pictures side by side, or the names of files."""
        self._columns = tuple(columns[:MOST_SIDES])
        for place, side in enumerate(self.sides):
            side.setVisible(place < len(self._columns))
            if place < len(self._columns):
                column = self._columns[place]
                side.show_side(column.caption, column.hint, column.shown)
        model = self.files.model()
        if isinstance(model, QStringListModel):
            model.setStringList(list(files))
        self.files.setVisible(bool(files))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the pictures as large as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        count = max(1, len(self._columns))
        below = any(len(column.shown) > 1 for column in self._columns)
        words = sum(widget.sizeHint().height() + Space.MEDIUM for widget in (self.question, self.where, self.advice))
        height = self.height() - words - self.sides[0].height_for_words - 5 * Space.WIDE
        width = (self.width() - 2 * Space.WIDE - (count - 1) * Space.WIDE) / count
        side = int(min(LARGEST, width, height / (1 + BELOW * below))) // STEP * STEP
        for view in self.sides:
            view.set_side(max(4 * STEP, side))

    def _dress(self) -> None:
        set_text_size(self.question, TextSize.TITLE)
        set_text_size(self.where, TextSize.HINT)
        set_hint_colour(self.where)
        for label in (self.question, self.where, self.advice):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.files.setModel(QStringListModel(self))
        self.files.setAccessibleName(self.tr("Files that are gone"))
        self.files.setUniformItemSizes(True)
        self.files.setFrameShape(QFrame.Shape.NoFrame)
        self.files.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.files.hide()

    def _lay_out(self) -> None:
        pictures = QHBoxLayout()
        pictures.setSpacing(Space.WIDE)
        for side in self.sides:
            pictures.addWidget(side, alignment=Qt.AlignmentFlag.AlignTop)
        pictures.addStretch(1)
        remedies = FlowLayout()
        for button in self._buttons:
            remedies.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.WIDE, Space.SMALL, Space.WIDE, Space.LARGE)
        column.setSpacing(Space.MEDIUM)
        for label in (self.question, self.where, self.advice):
            column.addWidget(label)
        column.addLayout(pictures)
        column.addWidget(self.files, 1)
        column.addLayout(remedies)
        column.addStretch(0)
        column.addStretch(1)
