"""What calls for mending: a list in sections, and the chosen problem large beside it with its remedies."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSplitter, QStackedLayout, QWidget

from app.pages.page import Page
from app.pages.problems.actions import PICKS, ProblemActions
from app.pages.problems.commands import ProblemCommands
from app.pages.problems.detail import ProblemDetail
from app.pages.problems.detail_reading import Detail, read_detail
from app.pages.problems.forgetting import Forgetting
from app.pages.problems.list import ProblemList
from app.pages.problems.pictures import columns_of
from app.pages.problems.problem import Problem, ProblemKind
from app.pages.problems.reading import ProblemReading
from app.pages.problems.words import advice_of, as_text, question_of
from app.session.context import Context
from app.style import texts
from app.widgets.action_button import ActionButton
from app.widgets.actions import Keys
from app.widgets.empty_state import EmptyState
from engine.library.changes import Changes

SPLIT = "problems/split"
NARROWEST = 220
WIDTHS = [340, 640]

Mend = Callable[[Problem], None]


class ProblemsPage(Page):
    """Solving a problem takes its line away, and the next one is chosen."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "", parent)
        self.set_title(self.tr("Problems"))
        self.acts = ProblemActions(self)
        self.list = ProblemList()
        self.list.setAccessibleName(self.tr("Problems"))
        self.detail = ProblemDetail(context.pictures, self.acts.remedies)
        self.empty = EmptyState("", "", parent=self)
        self.commands = ProblemCommands(context, self)
        self._reading = ProblemReading(context, self)
        self._forgetting = Forgetting(context, self)
        self._details = context.loader(self, self._show_detail)
        self._shown: Problem | None = None
        self._wanted: tuple[ProblemKind, tuple[int, ...]] | None = None
        self._looked = False
        self._splitter, self._stack = QSplitter(Qt.Orientation.Horizontal), QStackedLayout()
        self._lay_out()
        self._connect()

    def enter(self, subject: int | None, memory: object) -> None:
        """Look for what has changed; whether this person is two is shown as soon as it is known."""
        self._wanted = None if subject is None else (ProblemKind.TWO_IN_ONE, (subject,))
        self.catch_up()
        self._looked = False
        self._reading.begin()
        self._choose_wanted()
        self._show_state()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def memory(self) -> object:
        """Remember how wide the list is."""
        self._wanted = None
        self._reading.leave()
        self.context.remembered.setValue(SPLIT, self._splitter.saveState())
        return None

    def follow(self, changes: Changes | None) -> None:
        """Look again for what the changes may have made wrong or right."""
        self._reading.read(changes)

    def keys(self) -> Keys:
        """Return the keys of the remedies."""
        return self.acts.keys()

    def _lay_out(self) -> None:
        self._splitter.setChildrenCollapsible(False)
        self.list.setMinimumWidth(NARROWEST)
        for place, widget in enumerate((self.list, self.detail)):
            self._splitter.addWidget(widget)
            self._splitter.setStretchFactor(place, place)
        self._splitter.setSizes(WIDTHS)
        state = self.context.remembered.value(SPLIT)
        if state is not None:
            self._splitter.restoreState(state)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._splitter)
        self.head.addWidget(ActionButton(self.acts["copy"], self))
        self.body.addLayout(self._stack, 1)

    def _connect(self) -> None:
        self.acts.bind({name: partial(self._mend, mend) for name, mend in self._mending().items()})
        self.acts.bind({"copy": self._copy})
        self._reading.found.connect(self._take)
        self._reading.busy_changed.connect(self._show_state)
        self.list.chosen.connect(self._choose)
        self.list.activated.connect(self._open)
        self.detail.opened.connect(self._open_photo)

    def _mending(self) -> dict[str, Mend]:
        """Return the remedies with what they do to the current problem."""
        commands = self.commands
        return {
            **{name: partial(commands.keep_face, place) for place, name in enumerate(PICKS)},
            "both": commands.keep_all_faces,
            "split": commands.split,
            "one": commands.leave_whole,
            "merge": commands.merge,
            "apart": commands.tell_apart,
            "again": lambda _one: commands.try_again(self.list.selected()),
            "scan": commands.scan,
            "forget": self._forgetting.ask,
            "leave": commands.leave_unshown,
            "place": commands.choose_place,
            "folder": commands.show_file,
            "photo": lambda one: self._open_photo(one.ids[0]),
            "person": lambda one: self.context.navigator.go("person", one.ids[0]),
        }

    def _mend(self, mend: Mend) -> None:
        problem = self.list.current()
        if problem is not None:
            mend(problem)

    def _take(self, kinds: Sequence[ProblemKind], problems: Sequence[Problem]) -> None:
        self.list.show_problems(kinds, problems)
        self._choose_wanted()
        doubtful = len(self.list.tree.problems(ProblemKind.TWO_IN_ONE))
        self.counted.emit(len(self.list.tree.everything()), doubtful)
        self._show_state()

    def _choose_wanted(self) -> None:
        if self._wanted is not None and self.list.choose(self._wanted):
            self._wanted = None

    def _show_state(self) -> None:
        """Show the list, or that there is nothing to mend, or that it is being looked for."""
        found = bool(self.list.tree.kinds)
        self.acts["copy"].setVisible(found)
        if self._reading.error is not None and not found:
            sentence = texts.spoken_error(self._reading.error)
            self.empty.say(self.tr("Problems could not be looked for"), sentence)
        elif self._reading.busy and not self._looked:
            self.empty.say(self.tr("One moment"), self.tr("Looking for what calls for mending."))
        else:
            # What a scan changes is looked at again and again: until something is found, nothing is.
            self._looked = True
            self.empty.say(self.tr("Nothing to mend"), self.tr("Files that cannot be read would be listed here."))
        self._stack.setCurrentWidget(self._splitter if found else self.empty)

    def _choose(self) -> None:
        """Show the current problem and offer its remedies."""
        problem = self.list.current()
        self.acts.set_target(problem, len(self.list.selected()))
        self.detail.setVisible(problem is not None)
        if problem is None or problem == self._shown:
            return
        if self._shown is None or self._shown.key != problem.key:
            self.detail.show_columns(())
        self._shown = problem
        where = str(problem.path) if problem.path else ""
        about = ": ".join(part for part in (where, problem.reason) if part)
        self.detail.show_words(question_of(problem), about, advice_of(problem))
        self._details.load(lambda: read_detail(self.context.library, problem))

    def _show_detail(self, detail: Detail) -> None:
        if detail.problem == self._shown:
            self.detail.show_columns(columns_of(detail), detail.files)

    def _open(self, index: QModelIndex) -> None:
        """Open what a line is about: a photo, a person, or a file's folder."""
        problem = self.list.tree.problem(index)
        if problem is None:
            self.list.setExpanded(index, not self.list.isExpanded(index))
            return
        for name in ("photo", "person", "folder"):
            if self.acts[name].isEnabled():
                self.acts[name].trigger()
                return

    def _open_photo(self, photo: int) -> None:
        self.context.navigator.go("photo", photo)

    def _copy(self) -> None:
        """Copy the selected lines, or where only one is selected the whole list."""
        selected = self.list.selected()
        lines = selected if len(selected) > 1 else self.list.tree.everything()
        QGuiApplication.clipboard().setText(as_text(lines))
