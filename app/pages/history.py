"""Everything that was said, step by step, and the way back to each of them."""

from datetime import datetime

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtWidgets import QListWidgetItem, QStackedLayout, QVBoxLayout, QWidget

from app.pages.history_bar import HistoryBar
from app.pages.history_line import FACES, HistoryLine
from app.pages.page import Page
from app.session.context import Context
from app.style import texts
from app.style.step_lines import told_step
from app.style.texts import steps_redone, steps_undone
from app.style.theme import Space
from app.widgets.actions import Keys
from app.widgets.empty_state import EmptyState
from app.widgets.entry_delegate import AT_END, FAINT
from app.widgets.listing import KEY, Listing
from engine.library.changes import Changes
from engine.library.history import Step, history
from engine.library.step_details import StepDetails, StepLine, step_details, step_lines, undo_alone
from engine.words import fill, told

BEGINNING = 0
"""The key of the line before the first step, as `history.go_to` knows it."""


class HistoryPage(Page):
    """The newest step first; what was taken back is faint and says so. Choosing a step asks whether to go there."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "", parent)
        self.set_title(self.tr("History"))
        self.list = Listing(self.tr("History"))
        self.list.setItemDelegate(HistoryLine(context.pictures, self.list))
        self.empty, self.bar = EmptyState("", ""), HistoryBar(context.pictures)
        self._asked, self._known = BEGINNING, list[Step]()
        self._details = context.loader(self, self._show_details)
        self._stack = QStackedLayout()
        inset = QVBoxLayout()  # a stack leaves no margins itself
        inset.setContentsMargins(Space.LARGE, 0, Space.LARGE, Space.LARGE)
        inset.addLayout(self._stack)
        # In this order: a stack of no page would show its first widget as a window for a moment, which takes the focus.
        self.body.addLayout(inset, 1)
        self.body.addWidget(self.bar)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        self._steps = context.loader(self, self._show, self._give_up)
        self.list.chosen.connect(self._ask)
        self.bar.go_wanted.connect(self._go)
        self.bar.alone_wanted.connect(self._undo_alone)
        context.operations.steps_changed.connect(self.while_seen(self._load))
        context.operations.replayed.connect(self.while_seen(self._load))

    def enter(self, subject: int | None, memory: object) -> None:
        """List the steps."""
        self.bar.hide()
        self._load()
        self.list.setFocus()

    def keys(self) -> Keys:
        """Return the keys of the list."""
        return [(self.tr("Enter"), self.tr("Ask whether to go to a step; again: go there"))]

    def escape(self) -> bool:
        """Leave the question that is asked."""
        asking = self.bar.isVisible()
        if asking:
            self._end_asking()
        return asking

    def follow(self, changes: Changes | None) -> None:
        """List the steps anew where another process may have made some; of this one's the operations tell."""
        if changes is None:
            self._load()

    def _load(self) -> None:
        self._steps.load(lambda: (history(self.context.library), step_lines(self.context.library)))

    def _show(self, found: tuple[list[Step], dict[int, StepLine]]) -> None:
        """List the steps above the line where nothing was said yet; the one that was done last is the present."""
        steps, lines = found
        self._known = steps
        current: int | None = self.list.currentItem().data(KEY) if self.list.currentItem() else None
        present = max((step.id for step in steps if not step.undone), default=BEGINNING)
        self.list.clear()
        for step in reversed(steps):
            line = lines.get(step.id, StepLine())
            self._add(step.id, told_step(step.label, line), self._said(step, present), line.shown)
        if steps:
            self._add(BEGINNING, self.tr("Before the first of these"), self._now() if present == BEGINNING else "")
        known = self.list.keys()
        here = current if current is not None and current in known else present
        self._mark(here, {step.id for step in steps if step.undone})
        self._stack.setCurrentWidget(self.list if steps else self.empty)
        self.empty.say(
            self.tr("Nothing yet"),
            self.tr("Whatever you say about a face or a person is listed here, and can be taken back."),
        )
        self.empty.offer(self.tr("Show people"), lambda: self.context.navigator.go("people"))

    def _give_up(self, error: object) -> None:
        self.empty.say(self.tr("The history could not be read"), texts.spoken_error(error))
        self.empty.offer(self.tr("Try again"), self._load)
        self._stack.setCurrentWidget(self.empty)
        self.context.report(error)

    def _said(self, step: Step, present: int) -> str:
        """Return what stands at the end of a step's line: when it was, and where one is."""
        when = _local(step.made_at)
        if step.undone:
            return fill(self.tr("undone  ·  {when}"), when=when)
        return f"{self._now()}  ·  {when}" if step.id == present else when

    def _now(self) -> str:
        return self.tr("you are here")

    def _add(self, step: int, label: str, said: str, faces: tuple[int, ...] = ()) -> None:
        item = QListWidgetItem(label, self.list)
        item.setData(FACES, faces)
        item.setData(KEY, step)
        item.setData(AT_END, said)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{label}, {said}" if said else label)

    def _mark(self, current: int, undone: set[int]) -> None:
        for row, step in enumerate(self.list.keys()):
            self.list.item(row).setData(FAINT, step in undone)
            if step == current:
                self.list.setCurrentRow(row)

    def _ask(self, step: int) -> None:
        """Say what the step was about, and what going there would take back or do again."""
        self._asked = step
        back = sum(not one.undone for one in self._known if one.id > step)
        forward = sum(one.undone for one in self._known if one.id <= step)
        if back:
            question, go = steps_undone(back), self.tr("Go back to here")
        else:
            question, go = steps_redone(forward), self.tr("Go forward to here")
        self.bar.show_step(self._label(step), question, go)
        self.bar.go_button.setVisible(bool(back or forward))
        self.bar.question.setVisible(bool(back or forward))
        self.bar.focus()
        self._details.load(lambda: step_details(self.context.library, step))

    def _label(self, step: int) -> str:
        labels = [told(one.label) for one in self._known if one.id == step]
        return labels[0] if labels else self.tr("Before the first of these")

    def _show_details(self, details: StepDetails | None) -> None:
        self.bar.show_details(self._label(self._asked), details)

    def _go(self) -> None:
        self._end_asking()
        self.context.operations.go_to(self._asked)

    def _undo_alone(self) -> None:
        self._end_asking()
        step, label = self._asked, self.list.item(self.list.keys().index(self._asked)).text()
        said = fill(self.tr("“{label}” was undone."), label=label)
        self.context.operations.edit(lambda: undo_alone(self.context.library, step), said)

    def _end_asking(self) -> None:
        self.list.setFocus()
        self.bar.hide()


def _local(moment: datetime) -> str:
    """Return a moment as people here write it."""
    shown = QDateTime.fromSecsSinceEpoch(int(moment.timestamp()))
    return QLocale().toString(shown, QLocale.FormatType.ShortFormat)
