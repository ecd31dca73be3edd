"""Above the questions about people: whether a photo is a page with several pictures, asked once."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.pages.review.actions import BarActions
from app.session.context import Context
from app.style import texts
from app.style.theme import Space, TextSize, set_hint_colour, set_text_size
from app.widgets.action_button import ActionButton
from app.widgets.flow_layout import FlowLayout
from app.widgets.label import Label
from app.work.reading import Reading
from engine.library.queries import PhotoRow, photos_by_id
from engine.words import fill
from engine.workflows.questions.pages import PAGE, PageQuestion, page_questions

Open = list[tuple[PageQuestion, PhotoRow]]


class PageBar(QFrame):
    """One question at a time, the likeliest page first; hidden where there is none."""

    opened = Signal(int)
    """The photo is to be seen: its id."""

    def __init__(self, context: Context, acts: BarActions, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._acts = context, acts
        self._open: Open = []
        self._reading = Reading(context.thinking, self, self._take, context.fail)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.question, self.why = Label(), Label()
        answers = {
            "page": lambda one: context.operations.note_page(one.photo),
            "photo": lambda one: context.operations.note_ordinary(one.photo),
            "later": self._put_off,
            "open": lambda one: self.opened.emit(one.photo),
        }
        acts.bind({name: partial(self._give, answer) for name, answer in answers.items()})
        self.yes, self.no, self.later, self.look = (ActionButton(acts[name], self) for name in answers)
        self._lay_out()
        self._take([])

    def refresh(self) -> None:
        """Look for photos to ask about; this compares all faces, which takes a moment."""
        library, embedder = self._context.library, self._context.embedder

        def read() -> Open:
            found = page_questions(library, embedder())
            rows = photos_by_id(library, [one.photo for one in found])
            return [(one, rows[one.photo]) for one in found if one.photo in rows]

        self._reading.refresh(read)

    def _take(self, found: Open) -> None:
        self._open = found
        self.setVisible(bool(found))
        for name in ("page", "photo", "later", "open"):
            self._acts.offer(name, possible=bool(found))
        if found:
            asked, photo = found[0]
            name = texts.called_shortly(photo.path.name)
            self.question.setText(
                fill(self.tr("Is {photo} a page with several pictures, a scan or a collage?"), photo=name)
            )
            self.question.setToolTip(texts.plain_tip(str(photo.path)))
            self.why.setText(
                fill(
                    self.tr("{percent} % likely: faces in it are more alike than two people in one photo are."),
                    percent=min(99, round(asked.probability * 100)),
                )
            )
            self.setAccessibleName(self.question.text())

    def _put_off(self, asked: PageQuestion) -> None:
        # Nothing changes that the page would follow, as it does where a photo was said to be something.
        self._context.operations.postpone(PAGE, (asked.photo, 0), lambda _changes: self.refresh())

    def _give(self, answer: Callable[[PageQuestion], None]) -> None:
        if self._open:
            answer(self._open[0][0])

    def _lay_out(self) -> None:
        set_text_size(self.question, TextSize.NAME)
        set_hint_colour(self.why)
        words = QVBoxLayout()
        words.setSpacing(0)
        for label in (self.question, self.why):
            label.setWordWrap(True)
            words.addWidget(label)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.LARGE, Space.SMALL, Space.LARGE, Space.SMALL)
        answers = FlowLayout()
        for button in (self.yes, self.no, self.later, self.look):
            answers.addWidget(button)
        row.addLayout(words, 1)
        row.addLayout(answers, 1)
