"""Before people are made one: faces of both, what will move, and whose name stays."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QPalette
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.merging.merge_side import MergeSide
from app.session.context import Context
from app.session.merging import Merging, read_merging
from app.style import texts
from app.style.theme import Space, TextSize, set_hint_colour, set_text_size
from app.widgets.label import Label
from app.work.loading import Loader
from engine.words import fill

SHOWN_AT_ONCE = 3
"""People whose faces are seen without scrolling."""

Role = QDialogButtonBox.ButtonRole


def ask_to_merge(
    context: Context, people: Sequence[int], owner: QWidget, merged: Callable[[int], None] = lambda _person: None
) -> None:
    """Ask whether people are one, as soon as what has to be known of them is read; `merged` is told who stays.

    The others would become one with the first; nothing is asked about fewer than two people who are there.
    """

    def ask(merging: Merging) -> None:
        loader.deleteLater()
        if len(merging.candidates) > 1:
            MergeDialog(context, merging, merged, owner).open()

    wanted = tuple(people)
    loader = Loader(context.reads, owner, ask, context.fail)
    loader.load(lambda: read_merging(context.library, wanted))


class MergeDialog(QDialog):
    """Merges, or notes that they are two, and closes itself after either; `merged` is called after the edit."""

    def __init__(
        self, context: Context, merging: Merging, merged: Callable[[int], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._merging, self._merged = context, merging, merged
        self._into = merging.kept(merging.candidates[0].row.person)
        self.setWindowTitle(self.tr("Merge people"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._choice = QButtonGroup(self)
        self._choice.idClicked.connect(self._keep)
        self.question, self.outcome, self.warning = Label(self._question()), Label(), Label()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setIcon(QIcon())  # the others have none
        self.merge_button = self.buttons.addButton(self.tr("&Merge"), Role.AcceptRole)
        self.two_button = self.buttons.addButton(self.tr("They are &two people"), Role.ActionRole)
        self._prepare()
        self._lay_out()
        self._tell()
        # Only a button that is in its dialog can be the one that Enter presses.
        self.merge_button.setDefault(True)
        self.merge_button.setFocus()

    @property
    def sides(self) -> list[MergeSide]:
        """The people, each with their faces."""
        return self.findChildren(MergeSide)

    def _prepare(self) -> None:
        set_text_size(self.question, TextSize.TITLE)
        set_hint_colour(self.outcome)
        self.warning.setForegroundRole(QPalette.ColorRole.BrightText)
        for label in (self.question, self.outcome, self.warning):
            label.setWordWrap(True)
        self.two_button.setVisible(len(self._merging.candidates) == 2)
        self.two_button.clicked.connect(self._tell_apart)
        self.buttons.accepted.connect(self._merge)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.LARGE)
        column.setSpacing(Space.MEDIUM)
        column.addWidget(self.question)
        column.addWidget(self._all_sides())
        for widget in (self.warning, self.outcome, self.buttons):
            column.addWidget(widget)

    def _all_sides(self) -> QWidget:
        """Return everybody's faces; a scroll area where they are many."""
        everybody, column = QWidget(), QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.LARGE)
        everybody.setLayout(column)
        asked = len({row.name for row in self._merging.named}) > 1
        for candidate in self._merging.candidates:
            side = MergeSide(self._context.pictures, candidate)
            if asked and candidate.row.name is not None:
                self._choice.addButton(side.let_choose(), candidate.row.person)
            column.addWidget(side)
        kept = self._choice.button(self._into)
        if kept is not None:
            kept.setChecked(True)
        if len(self._merging.candidates) <= SHOWN_AT_ONCE:
            return everybody
        area = QScrollArea()
        area.setWidget(everybody)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setMinimumHeight(SHOWN_AT_ONCE * everybody.sizeHint().height() // len(self._merging.candidates))
        area.setMinimumWidth(everybody.sizeHint().width() + area.verticalScrollBar().sizeHint().width())
        return area

    def _question(self) -> str:
        if len(self._merging.candidates) == 2:
            return self.tr("Are these the same person?")
        return self.tr("Are all of these the same person?")

    def _keep(self, person: int) -> None:
        self._into = person
        self._tell()

    def _tell(self) -> None:
        """Say what would happen, and what speaks against it."""
        rows = {candidate.row.person: candidate.row for candidate in self._merging.candidates}
        kept = rows[self._into]
        moved = self._merging.moved(self._into)
        whom = kept.name or self.tr("the person at the top")
        lines = [
            fill(
                self.tr("{faces} will move to {name}, who has {all} then."),
                faces=texts.faces(moved),
                name=whom,
                all=texts.number(moved + kept.faces),
            )
        ]
        nameless = sum(row.faces - row.confirmed for row in rows.values() if row.name is None)
        if nameless and self._merging.named:
            lines.append(self.tr("The faces without a name will count as confirmed."))
        self.outcome.setText(" ".join(lines))
        together = self._merging.together
        self.warning.setText(fill(self.tr("They are together in {photos}."), photos=texts.photos(together)))
        self.warning.setVisible(together > 0)

    def _merge(self) -> None:
        into, merged = self._into, self._merged
        others = [candidate.row.person for candidate in self._merging.candidates if candidate.row.person != into]
        # The dialog is gone before the edit is done.
        self._context.operations.merge(into, others, lambda _changes: merged(into))
        self.accept()

    def _tell_apart(self) -> None:
        one, other = (candidate.row.person for candidate in self._merging.candidates)
        self._context.operations.tell_apart(one, other)
        self.accept()
