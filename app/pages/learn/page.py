"""Learning from the people whom the user named: what it needs, what it is worth, using it and going back."""

from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.pages.learn.albums_panel import AlbumsPanel
from app.pages.learn.commands import go_back_now, learn_steps, name_albums, use_steps
from app.pages.learn.history_panel import HistoryPanel
from app.pages.learn.reading import Standing, read_standing
from app.pages.learn.start_panel import StartPanel
from app.pages.learn.verdict import Verdict
from app.pages.page import Page
from app.session.context import Context
from app.style import texts
from app.style.theme import Space, TextSize, set_text_size
from app.widgets.column import Column
from app.widgets.empty_state import EmptyState
from app.widgets.label import Label
from app.work.jobs import Job
from app.work.while_there import while_there
from engine.library.changes import Changes
from engine.models.card import ModelCard
from engine.words import fill
from engine.workflows.learning.albums import AlbumProposal
from engine.workflows.learning.taught import Taught

LETTERS = 134
"""How wide the page is at most."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is under way on the page: a job, which learns or else uses what was learnt, and what was learnt last."""

    job: Job | None
    learning: bool
    taught: Taught | None


class LearnPage(Page):
    """Nothing changes before "Apply"; what is being learnt can be stopped at any time, and goes on out of sight."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "", parent)
        self.set_title(self.tr("Learn from my albums"))
        self.start, self.verdict = StartPanel(), Verdict(context.pictures)
        self.albums, self.history, self.trouble = AlbumsPanel(), HistoryPanel(), EmptyState("", "")
        self.job: Job | None = None
        self._learning = False
        self._taught: Taught | None = None
        self._entered = False
        self._standing = context.loader(self, self._show, self._give_up)
        self._lay_out()
        self._connect()

    def enter(self, subject: int | None, memory: object) -> None:
        """Look what there is to learn from."""
        self.catch_up()
        self._entered = True
        self._read()

    def follow(self, changes: Changes | None) -> None:
        """Look again where faces or people changed, while no scan goes on writing."""
        if (changes is None or changes.faces or changes.people) and self.context.scanning.job is None:
            self._read()

    def legacy(self) -> object:
        """Return what is being learnt, and what was, of which nothing is said yet."""
        return None if self.job is None and self._taught is None else Lesson(self.job, self._learning, self._taught)

    def inherit(self, legacy: object) -> None:
        """Go on showing what is being learnt."""
        if isinstance(legacy, Lesson):
            if legacy.job is not None:
                self._watch(legacy.job, learning=legacy.learning)
            elif legacy.taught is not None:
                self._judge(legacy.taught)

    def escape(self) -> bool:
        """Stop learning."""
        if self.job is None:
            return False
        self.stop()
        return True

    def learn(self, level: int) -> None:
        """Learn at this level, in the lane of jobs."""
        if self.job is not None:
            return
        self._taught = None
        self.verdict.hide()
        title = self.tr("Learning from your albums") if level == 1 else self.tr("Training the network")
        job = self.context.jobs.job(learn_steps(self.context, level), title)
        job.failed.connect(self.context.fail)
        self._watch(job, learning=True)
        job.start()

    def stop(self) -> None:
        """Give up what is being learnt; nothing has changed."""
        if self.job is not None:
            self.job.cancel()

    def use(self, card: ModelCard) -> None:
        """Use what was learnt from now on."""
        if self.job is not None:
            return
        job = self.context.jobs.job(use_steps(self.context, card), self.tr("Using what was learnt"))
        self._tell_when_done(job, self.tr("What was learnt is in use; nobody was moved."))
        job.failed.connect(self.context.fail)
        self._watch(job, learning=False)
        job.start()

    def go_back(self) -> None:
        """Use the model before again."""
        job = self.context.edits.call(lambda: go_back_now(self.context))
        job.failed.connect(self.context.fail)
        job.done.connect(self._show_used)
        self._tell_when_done(job, self.tr("The model before is in use again."))
        job.promise().start()

    def _watch(self, job: Job, *, learning: bool) -> None:
        """Show how far a job is, which may have begun on the page before this one, and what comes of it."""
        self.job, self._learning = job, learning
        if learning:
            failed = self.tr("Learnt nothing: it ended with an error.")
            job.progress.connect(self.start.take)
            job.done.connect(self._judge)
        else:
            failed = self.tr("The old model stays in use.")
            job.done.connect(self._show_used)
        job.failed.connect(while_there(self, lambda _: self.start.end(failed)))
        job.cancelled.connect(while_there(self, lambda: self.start.end(self.tr("Stopped. Nothing has changed."))))
        job.ended.connect(self._let_go)
        self.start.begin()

    def _let_go(self) -> None:
        self.job = None

    def _judge(self, taught: Taught) -> None:
        self.start.end("")
        self._taught = taught
        self.verdict.show_taught(taught)
        self._read()

    def _apply(self) -> None:
        if self._taught is not None and self._taught.card is not None:
            self.use(self._taught.card)

    def _keep(self) -> None:
        self._taught = None
        self.verdict.hide()
        self.start.curves.hide()
        self.start.adapter_button.setFocus()

    def _tell_when_done(self, job: Job, said: str) -> None:
        """Tell that another model is in use, also where the page is gone by then."""
        context = self.context
        job.done.connect(lambda _: context.told.emit(said))
        job.done.connect(lambda _: context.settings_changed.emit())

    def _show_used(self) -> None:
        self._keep()
        self.start.end("")
        self._read()

    def _name_albums(self, albums: list[AlbumProposal]) -> None:
        people = texts.people(len({one.person for one in albums}))
        said = fill(self.tr("{people} named after albums."), people=people)
        self.context.operations.edit(lambda: name_albums(self.context, albums), said)

    def _read(self) -> None:
        library, places = self.context.library, self.context.places
        self._standing.load(lambda: read_standing(library, places))

    def _show(self, found: Standing) -> None:
        empty = not (found.people or found.almost or found.albums or found.history)
        if empty:
            self.trouble.say(
                self.tr("Nobody to learn from yet"),
                self.tr("Name people and confirm their faces. What is learnt from them tells faces apart better."),
            )
            self.trouble.offer(self.tr("To people"), lambda: self.context.navigator.go("people"))
        self._let_learn(possible=not empty)
        self.start.show_standing(found)
        if self._entered:
            self.start.adapter_button.setFocus()
        self._entered = False
        self.albums.show_proposals(found.albums)
        self.history.show_history(found)

    def _give_up(self, error: object) -> None:
        self.trouble.say(self.tr("It could not be looked what there is to learn from"), texts.spoken_error(error))
        self.trouble.offer(self.tr("Try again"), self._read)
        self._let_learn(possible=False)
        self.context.report(error)

    def _let_learn(self, *, possible: bool) -> None:
        self.trouble.setVisible(not possible)
        self._inside.setVisible(possible)

    def _connect(self) -> None:
        self.start.wanted.connect(self.learn)
        self.start.stop_wanted.connect(self.stop)
        self.verdict.apply_wanted.connect(self._apply)
        self.verdict.keep_wanted.connect(self._keep)
        self.albums.wanted.connect(self._name_albums)
        self.history.use_wanted.connect(self.use)
        self.history.back_wanted.connect(self.go_back)
        self.context.settings_changed.connect(self.while_seen(self._read))

    def _lay_out(self) -> None:
        self._inside, area = Column(LETTERS), QScrollArea()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(Space.WIDE, Space.SMALL, Space.WIDE, Space.WIDE)
        column.setSpacing(Space.SMALL)
        column.addWidget(self.start)
        column.addWidget(self.verdict)
        for title, panel in ((self.tr("Folders"), self.albums), (self.tr("Learnt so far"), self.history)):
            head = Label(title)
            set_text_size(head, TextSize.NAME)
            column.addSpacing(Space.LARGE)
            column.addWidget(head)
            column.addWidget(panel)
        column.addStretch(1)
        area.setWidget(self._inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName(self.tr("Learn from my albums"))
        self.trouble.hide()
        self.body.addWidget(self.trouble)
        self.body.addWidget(area, 1)
