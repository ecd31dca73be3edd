"""The page of questions while nothing is asked: why, the next step, and more questions for whoever wants to go on."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.session.context import Context
from app.style import texts
from app.widgets.empty_state import EmptyState
from engine.words import fill


class NothingAsked(EmptyState):
    """Says what the page would ask, and offers what brings questions."""

    more_wanted = Signal()
    """Less likely questions are asked for."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__("", "", parent=parent)
        self._context = context

    def show_state(self) -> None:
        """Say how things are now."""
        found = self._context.questions
        self.offer_nothing()
        if found.error is not None:
            self._tell(self.tr("Questions could not be found"), texts.spoken_error(found.error))
            self.offer(self.tr("Try again"), found.want)
        elif found.looking:
            self._tell(self.tr("One moment"), self.tr("Looking for what is worth asking."))
        elif not found.people:
            sentence = self.tr("Questions come when faces have been found in your photos.")
            self._tell(self.tr("Nobody to ask about yet"), sentence)
            self.offer(self.tr("Add a folder…"), self._context.folder_wanted.emit)
        elif not found.named:
            sentence = self.tr("Then Kinfolk asks which of the other faces are theirs.")
            self._tell(self.tr("Name somebody first"), sentence)
            self.offer(self.tr("Name the largest groups"), self._name_groups)
        else:
            self._say_done()

    def _say_done(self) -> None:
        found, further = self._context.questions, self._context.questions.further
        if found.going_on or not further.count:
            sentence = self.tr("Every likely match has an answer. What is left has no name yet.")
            if found.going_on:
                sentence = self.tr("Whoever is left resembles nobody enough to be worth a question.")
            self._tell(self.tr("Nothing left to ask"), sentence)
            self.offer(self.tr("Name the largest groups"), self._name_groups)
        else:
            self._tell(self.tr("Nothing more is likely"), texts.further(further.about, further.one_in))
            steps = (
                (self.tr("Ask me those, too"), self.more_wanted.emit),
                (self.tr("Name the largest groups"), self._name_groups),
            )
            # Where not even one yes is to be expected, something else is the better next step.
            first, second = steps if further.count * further.share >= 1 else steps[::-1]
            self.offer(*first)
            self.offer_also(*second)

    def _tell(self, headline: str, sentence: str) -> None:
        context = self._context
        if context.scanning.job is not None and not context.questions.looking:
            sentence = fill(self.tr("{sentence} A scan is running; more may come."), sentence=sentence)
        self.say(headline, sentence)

    def _name_groups(self) -> None:
        self._context.navigator.go("people")
