"""Above the questions: that refused faces have a likely next person, and the way to the grid in which they wait."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.pages.review.actions import BarActions
from app.session.context import Context
from app.style import texts
from app.style.theme import Space
from app.widgets.action_button import ActionButton
from app.widgets.label import Label
from app.work.reading import Reading
from engine.words import fill
from engine.workflows.questions.proposals import refused_count


class RefusedBar(QFrame):
    """One line; hidden where no refused face waits for a next person."""

    def __init__(self, context: Context, acts: BarActions, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._acts = context, acts
        self._reading = Reading(context.thinking, self, self._take, context.fail)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.said, self.show_them = Label(), ActionButton(acts["refused"], self)
        acts.bind({"refused": lambda: context.navigator.go("unsorted")})
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.LARGE, Space.SMALL, Space.LARGE, Space.SMALL)
        row.addWidget(self.said, 1)
        row.addWidget(self.show_them)
        self._take(0)

    def refresh(self) -> None:
        """Count them; this compares all faces, which takes a moment."""
        library, embedder = self._context.library, self._context.embedder
        self._reading.refresh(lambda: refused_count(library, embedder()))

    def _take(self, count: int) -> None:
        said = self.tr("Refused faces that are likely somebody else: {number}. They wait in Unsorted.")
        self.said.setText(fill(said, number=texts.number(count)))
        self._acts.offer("refused", possible=count > 0)
        self.setVisible(count > 0)
