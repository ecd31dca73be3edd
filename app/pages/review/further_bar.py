"""Above the questions, once less likely ones were asked for: that they are, and the way back."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.pages.review.actions import BarActions
from app.session.context import Context
from app.style.theme import Space
from app.widgets.action_button import ActionButton
from app.widgets.label import Label
from engine.words import fill


class FurtherBar(QFrame):
    """One line; hidden where only likely questions are asked."""

    def __init__(self, context: Context, acts: BarActions, parent: QWidget) -> None:
        super().__init__(parent)
        self._questions, self._acts = context.questions, acts
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.said, self.enough = Label(), ActionButton(acts["enough"], self)
        self.said.setWordWrap(True)
        acts.bind({"enough": context.questions.keep_to_likely})
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.LARGE, Space.SMALL, Space.LARGE, Space.SMALL)
        row.addWidget(self.said, 1)
        row.addWidget(self.enough)
        self.show_state()

    def show_state(self) -> None:
        """Say what share of the less likely questions that wait is expected to be a yes."""
        one_in = self._questions.further.one_in
        shown = self._questions.going_on and self._questions.current is not None
        said = self.tr("Less likely questions are asked, too: perhaps one in {number} of them is a yes.")
        self.said.setText(
            fill(said, number=one_in) if one_in else self.tr("Less likely questions would be asked, too.")
        )
        self._acts.offer("enough", possible=shown)
        self.setVisible(shown)
