"""One question at a time: whether two are the same person."""

from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from app.files.carrying import CarriedFiles, drag_out
from app.files.files_of import files_of_photos
from app.names.name_edit import Asks
from app.names.namesakes import Namesakes
from app.pages.page import Page
from app.pages.review import words
from app.pages.review.actions import BarActions
from app.pages.review.commands import ReviewCommands
from app.pages.review.further_bar import FurtherBar
from app.pages.review.meter import Meter
from app.pages.review.page_bar import PageBar
from app.pages.review.pictures import asked_side, known_side
from app.pages.review.question_view import QuestionView
from app.pages.review.refused_bar import RefusedBar
from app.pages.review.room import Room
from app.pages.review.states import NothingAsked
from app.session.asked import Asked
from app.session.context import Context
from app.widgets.actions import Keys
from app.work.reading import Reading
from engine.library.changes import Changes
from engine.library.queries import people_names
from engine.workflows.questions.progress import Settled, settled

AHEAD = 2
"""Questions whose pictures are made before they are asked."""


class Left(Enum):
    """How the page was left: less likely questions go on only for who comes back, as from a photo."""

    GOING_ON = auto()


class ReviewPage(Page):
    """Asks the next question at once; what was answered is written meanwhile."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "", parent)
        self.set_title(self.tr("Review"))
        self.questions = context.questions
        self.view = QuestionView(context.pictures, self)
        self.empty = NothingAsked(context, self)
        self._commands = ReviewCommands(context)
        self._carried = CarriedFiles(context, self, files_of_photos)
        self.view.name.tell_apart(Namesakes(context, self), Asks.KNOWN_OR_NEW)
        self._shown: Asked | None = None
        self._names: dict[int, str] = {}
        self._named = context.loader(self, self._take_names)
        # Not on the lane of what pages show: it takes seconds in a large library, after every answer.
        self._progress: Reading[Settled] = Reading(context.thinking, self, self._show_progress, context.fail)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        self.above = BarActions(self)
        self.pages, self.refused = PageBar(context, self.above, self), RefusedBar(context, self.above, self)
        self.further = FurtherBar(context, self.above, self)
        self.meter = Meter()
        self.head.addWidget(self.meter)
        self.body.addWidget(Room((self.pages, self.refused, self.further), self._stack, self.view.height_needed), 1)
        self.acts = self.view.acts
        self.addAction(self.acts["type"])
        self.empty.addAction(self.acts["undo"])
        self.empty.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._connect()

    def enter(self, subject: int | None, memory: object) -> None:
        """Ask on where the user left; whoever comes anew is asked what is likely."""
        if memory is not Left.GOING_ON:
            self.questions.keep_to_likely()
        self.questions.want()
        self._load_names()
        self._read_progress()
        self.pages.refresh()
        self.refused.refresh()
        self._show()
        self._take_focus()

    def memory(self) -> object:
        """Let nobody look for questions while nobody answers."""
        self.questions.leave()
        return Left.GOING_ON if self.questions.going_on else None

    def keys(self) -> Keys:
        """Return the keys of the answers."""
        return [*self.acts.keys(), *self.above.keys()]

    def _connect(self) -> None:
        view, context = self.view, self.context
        self.questions.moved.connect(self.while_seen(self._show))
        self.acts.bind(
            {
                "yes": lambda: self._answer(self._commands.yes),
                "no": lambda: self._answer(self._commands.no),
                "not sure": lambda: self._answer(self._commands.not_sure),
                "type": self._type_name,
                "undo": context.operations.undo,
            }
        )
        view.chips.picked.connect(self._pick)
        view.name.named.connect(self._give_name)
        view.name.cancelled.connect(self._leave_name)
        for side in (view.known, view.asked):
            side.opened.connect(lambda photo: context.navigator.go("photo", photo))
            side.touched.connect(lambda photo: self._carried.prepare([photo]))
            side.carried_off.connect(self._carry)
        self.pages.opened.connect(lambda photo: context.navigator.go("photo", photo))
        self.empty.more_wanted.connect(self.questions.go_on)
        context.scanning.scan_changed.connect(self.while_seen(self._show))

    def _read_progress(self) -> None:
        library = self.context.library
        self._progress.refresh(lambda: settled(library))

    def _carry(self, shown: QWidget, photo: int) -> None:
        drag_out(shown, self._carried.carried([photo]), shown.grab())

    def _show_progress(self, found: Settled) -> None:
        self.meter.show_share(found.share, found.answers_to_90)

    def _show(self) -> None:
        """Show the question to ask now, or what to do where there is none."""
        was_here = self._has_focus()
        asked = self.questions.current
        self.further.show_state()
        if asked is None:
            self._shown = None
            self.empty.show_state()
            self._stack.setCurrentWidget(self.empty)
        elif asked is not self._shown:
            self._show_question(asked)
        # What had the focus may be hidden now; it must not wander off the page.
        if was_here and not self._has_focus():
            self._take_focus()

    def _show_question(self, asked: Asked) -> None:
        before, self._shown = self._shown, asked
        view = self.view
        for upcoming in reversed(self.questions.waiting[1 : 1 + AHEAD]):
            view.prepare(known_side(upcoming), asked_side(upcoming))
        view.show_words(words.headline(asked), words.reasons(asked), words.figures(asked), words.outcome(asked))
        view.known.show_side(words.known_called(asked), words.known_size(asked), known_side(asked))
        view.asked.show_side(words.asked_called(asked), words.asked_size(asked), asked_side(asked))
        nameless = asked.subject is None or asked.subject.name is None
        names = [(row.person, row.name or "") for row in asked.likely] if nameless else None
        if before is not None and before.key == asked.key:
            view.chips.show_names(names or ())
        else:
            view.show_names(names)
            self._offer_names()
            QAccessible.updateAccessibility(QAccessibleEvent(view, QAccessible.Event.Alert))
        if self._stack.currentWidget() is not view:
            self._stack.setCurrentWidget(view)

    def _take_focus(self) -> None:
        """Let the keys of what is shown count."""
        shown = self.view if self._shown else self.empty.button if self.empty.button.isVisible() else self.empty
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _has_focus(self) -> bool:
        """Say whether something that is seen here has the focus."""
        focused = self.window().focusWidget()
        return focused is not None and focused.isVisible() and self.isAncestorOf(focused)

    def _pick(self, person: int) -> None:
        self._answer(lambda asked: self._commands.is_person(asked, person))

    def _give_name(self, name: str) -> None:
        chosen = self.view.name.chosen
        self._leave_name()
        if self._shown is not None and name.strip():
            names = self._likeliest_first(self._shown) if chosen is None else {chosen: name.strip()} if chosen else {}
            self._commands.is_called(self._shown, name.strip(), names)

    def _answer(self, give: Callable[[Asked], None]) -> None:
        if self._shown is not None:
            give(self._shown)

    def _type_name(self) -> None:
        if self.view.name.isVisible():
            self.view.name.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _leave_name(self) -> None:
        self.view.name.clear()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def follow(self, changes: Changes | None) -> None:
        """Learn new names and how far the answers have come; the questions follow by themselves."""
        if changes is None or changes.people:
            self._load_names()
        self._read_progress()
        if changes is None or changes.photos:
            self.pages.refresh()
        if self._shown is None:
            self.refused.refresh()

    def _load_names(self) -> None:
        self._named.load(lambda: people_names(self.context.library))

    def _take_names(self, names: dict[int, str]) -> None:
        self._names = names
        self._offer_names()

    def _offer_names(self) -> None:
        if self._shown is not None:
            self.view.name.set_names(self._likeliest_first(self._shown))

    def _likeliest_first(self, asked: Asked) -> dict[int, str]:
        """Return the names of everybody but the side in question."""
        likely = {row.person: row.name for row in (asked.other, *asked.likely) if row.name}
        others = {person: name for person, name in self._names.items() if person not in likely}
        return {person: name for person, name in (likely | others).items() if person != asked.question.person}
