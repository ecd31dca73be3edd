"""What the user does to the library: each edit runs off the GUI thread, says what it did and can be taken back."""

from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Event
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from app.session.merging import Merged, merge
from app.style import texts
from app.work.jobs import Lane
from engine.errors import MayPassError
from engine.library import edits, history, pages
from engine.library.changes import Changes
from engine.library.history import NextSteps, Replay
from engine.library.library import Library
from engine.library.states import Aside
from engine.words import fill

Result = TypeVar("Result")
Said = str | Callable[[Result], str]
"""What has happened in a sentence, or what makes it of an edit's result."""

POSTPONED_DAYS = 30
"""How long a question that was answered "not sure" is not asked again."""


class Operations(QObject):
    """One method an edit. `then`, where a method takes it, is called on the GUI thread with the edit's result."""

    said = Signal(str)
    """What has just happened, in a sentence; it can be undone."""
    replayed = Signal(object)
    """A `Replay`: steps were undone or redone."""
    steps_changed = Signal(object)
    """`NextSteps`: what undo and redo would do now."""
    edited = Signal()
    """The library says something else now: an edit, an undo or a redo was written."""
    unwritten = Signal(object)
    """Why an edit was not written, a `MayPassError`: it is kept until `try_again` or `forget_unwritten`."""
    namesakes = Signal(int, object)
    """A person was given a name that others (a tuple of ids) have too."""

    def __init__(self, library: Library, lane: Lane, failed: Callable[[object], None], parent: QObject) -> None:
        super().__init__(parent)
        self._library, self._lane, self._failed = library, lane, failed
        self.steps = NextSteps(None, None)
        self._kept: list[Callable[[], None]] = []
        self._hindrance: MayPassError | None = None

    def name(self, person: int, name: str, then: Callable[[edits.Naming], None] | None = None) -> None:
        """Name a person; an empty name takes the name away."""
        said = fill(self.tr("Named {name}."), name=name) if name else self.tr("The name was removed.")

        def report(naming: edits.Naming) -> None:
            self._tell_namesakes(person, naming)
            if then is not None:
                then(naming)

        self.edit(lambda: edits.name_person(self._library, person, name), said, report)

    def merge(self, into: int, others: Collection[int], then: Callable[[Changes], None] | None = None) -> None:
        """Make people one with `into`."""

        def said(merged: Merged) -> str:
            faces = texts.faces(merged.moved)
            if merged.name:
                return fill(self.tr("{faces} moved to {name}."), faces=faces, name=merged.name)
            people = texts.people(len(others) + 1)
            return fill(self.tr("{people} are one now: {faces} moved."), people=people, faces=faces)

        def report(merged: Merged) -> None:
            if then is not None:
                then(merged.changes)

        self.edit(lambda: merge(self._library, into, others), said, report)

    def confirm(self, person: int, faces: Collection[int], then: Callable[[Changes], None] | None = None) -> None:
        """Note that faces are a person."""
        said = fill(self.tr("{faces} confirmed."), faces=texts.faces(len(faces)))
        self.edit(lambda: edits.confirm_faces(self._library, person, faces), said, then)

    def reject(self, person: int, faces: Collection[int], then: Callable[[Changes], None] | None = None) -> None:
        """Note that faces are not a person."""
        said = fill(self.tr("Said no to {faces}."), faces=texts.faces(len(faces)))
        self.edit(lambda: edits.reject_faces(self._library, person, faces), said, then)

    def confirm_each(self, answers: Mapping[int, Collection[int]]) -> None:
        """Note in one step that faces are several people."""
        said = fill(self.tr("{faces} confirmed."), faces=texts.faces(sum(map(len, answers.values()))))
        self.edit(lambda: edits.confirm_each(self._library, answers), said)

    def reject_each(self, answers: Mapping[int, Collection[int]]) -> None:
        """Note in one step that faces are not several people."""
        said = fill(self.tr("Said no to {faces}."), faces=texts.faces(sum(map(len, answers.values()))))
        self.edit(lambda: edits.reject_each(self._library, answers), said)

    def move(self, faces: Collection[int], person: int, name: str | None) -> None:
        """Give faces to another person."""
        said = fill(self.tr("{faces} moved to {name}."), faces=texts.faces(len(faces)), name=texts.called(name))
        self.edit(lambda: edits.move_faces(self._library, faces, person), said)

    def split_off(
        self, faces: Collection[int], name: str | None = None, then: Callable[[edits.NewPerson], None] | None = None
    ) -> None:
        """Make a new person of faces; `then` gets the `NewPerson`."""
        said = fill(self.tr("{faces} moved to somebody new."), faces=texts.faces(len(faces)))
        if name:
            said = fill(self.tr("{faces} moved to {name}."), faces=texts.faces(len(faces)), name=name)
        self.edit(lambda: edits.split_off(self._library, faces, name), said, then)

    def ignore(
        self,
        faces: Collection[int],
        why: Aside = Aside.STRANGER,
        then: Callable[[Changes], None] | None = None,
    ) -> None:
        """Set faces aside: strangers, or no faces."""
        said = fill(self.tr("{faces} set aside."), faces=texts.faces(len(faces)))
        self.edit(lambda: edits.ignore_faces(self._library, faces, why), said, then)

    def restore(self, faces: Collection[int]) -> None:
        """Take faces back that were set aside."""
        said = fill(self.tr("{faces} taken back."), faces=texts.faces(len(faces)))
        self.edit(lambda: edits.restore_faces(self._library, faces), said)

    def tell_apart(self, person: int, other: int, then: Callable[[Changes], None] | None = None) -> None:
        """Note that two people are two."""
        said = self.tr("Noted: these are two people.")
        self.edit(lambda: edits.mark_distinct(self._library, person, other), said, then)

    def note_page(self, photo: int) -> None:
        """Note that a photo is a page with several pictures."""
        said = self.tr("Noted: a page. Its faces may be one person several times.")
        self.edit(lambda: pages.note_page(self._library, photo), said)

    def note_ordinary(self, photo: int) -> None:
        """Note that a photo is no page."""
        said = self.tr("Noted: one photo. Its faces are several people.")
        self.edit(lambda: pages.note_ordinary(self._library, photo), said)

    def hide(self, people: Collection[int]) -> None:
        """Keep people out of sight, in one step."""
        said = fill(self.tr("{people} hidden."), people=texts.people(len(people)))
        self.edit(lambda: edits.hide_people(self._library, people), self.tr("Hidden.") if len(people) == 1 else said)

    def show(self, people: Collection[int]) -> None:
        """Bring hidden people back, in one step."""
        said = fill(self.tr("{people} shown again."), people=texts.people(len(people)))
        one = self.tr("Shown again.")
        self.edit(lambda: edits.show_people(self._library, people), one if len(people) == 1 else said)

    def set_cover(self, person: int, face: int) -> None:
        """Show this face for a person."""
        self.edit(lambda: edits.set_cover(self._library, person, face), self.tr("The cover was changed."))

    def set_birth(self, person: int, written: str) -> None:
        """Note when a person was born; nothing takes the date away."""
        said = self.tr("The date of birth was changed.")
        self.edit(lambda: edits.set_birth_date(self._library, person, written), said)

    def postpone(self, kind: str, ids: tuple[int, int], then: Callable[[Changes], None] | None = None) -> None:
        """Do not ask a question about these two ids for a month."""
        until = datetime.now(UTC) + timedelta(days=POSTPONED_DAYS)
        said = self.tr("Not asked again for a month.")
        self.edit(lambda: edits.postpone_question(self._library, kind, *ids, until), said, then)

    def edit(
        self,
        change: Callable[[], Result],
        said: Said[Result],
        then: Callable[[Result], None] | None = None,
        ended: Callable[[], None] | None = None,
    ) -> None:
        """Run an edit of the library that can be undone; `ended` is called where it failed, too.

        What is `said` may depend on the result; "" says nothing.
        """

        def report(result: Result) -> None:
            self.edited.emit()
            sentence = said if isinstance(said, str) else said(result)
            if sentence:
                self.said.emit(sentence)
            if then is not None:
                then(result)

        self._run(change, report, ended)

    def tell_written(self, said: str) -> None:
        """Tell of an edit that a job of another lane wrote; it is undone like any other."""
        self.edited.emit()
        self.said.emit(said)
        self.read_steps()

    def undo(self) -> None:
        """Take back the last edit."""
        self._replay(lambda: history.undo(self._library))

    def redo(self) -> None:
        """Do the edit again that was undone last."""
        self._replay(lambda: history.redo(self._library))

    def go_to(self, step: int) -> None:
        """Undo or redo until this step of the history is the last one done; 0 is before the first.

        Who is there already hears nothing: a double click goes to a step twice.
        """
        self._replay(lambda: history.go_to(self._library, step), told=lambda replay: bool(replay.steps))

    def try_again(self) -> None:
        """Write the edits that are kept, in their order; what fails again is kept again."""
        kept, self._kept = self._kept, []
        for again in kept:
            again()

    def forget_unwritten(self) -> None:
        """Keep none of the edits that could not be written: the user does not want them."""
        self._kept.clear()

    def read_steps(self) -> None:
        """Find out what undo and redo would do; another process may have changed that."""
        job = self._lane.call(lambda: (None, history.next_steps(self._library)))
        job.done.connect(partial(self._finish, _nothing))
        job.failed.connect(self._failed)
        job.promise().start()

    def _replay(self, replay: Callable[[], Replay], told: Callable[[Replay], bool] = lambda _replay: True) -> None:
        def report(done: Replay) -> None:
            if done.steps:
                self.edited.emit()
            if told(done):
                self.replayed.emit(done)

        self._run(replay, report)

    def _run(
        self, change: Callable[[], Result], report: Callable[[Result], None], ended: Callable[[], None] | None = None
    ) -> None:
        """Run on the lane, report on the GUI thread, and tell what the next steps are then.

        What could not be written is kept, for nobody should have to say it twice.
        """
        written = Event()

        def write() -> tuple[Result, NextSteps]:
            result = change()
            written.set()
            return result, history.next_steps(self._library)

        def keep(error: object) -> None:
            if isinstance(error, MayPassError) and not written.is_set():
                self._kept.append(lambda: self._run(change, report, ended))
                self._hindrance = error
                self.unwritten.emit(error)
            else:
                self._failed(error)

        job = self._lane.call(write)
        job.done.connect(partial(self._finish_edit, report))
        job.failed.connect(keep)
        if ended is not None:
            job.ended.connect(ended)
        job.promise().start()

    def _finish_edit(self, report: Callable[[Result], None], outcome: tuple[Result, NextSteps]) -> None:
        self._finish(report, outcome)
        if self._kept:  # what was said of this edit has taken the place of the offer
            self.unwritten.emit(self._hindrance)

    def _finish(self, report: Callable[[Result], None], outcome: tuple[Result, NextSteps]) -> None:
        result, steps = outcome
        before, self.steps = self.steps, steps
        if steps != before:
            self.steps_changed.emit(steps)
        report(result)

    def _tell_namesakes(self, person: int, naming: edits.Naming) -> None:
        if naming.same_name:
            self.namesakes.emit(person, naming.same_name)


def _nothing(_: object) -> None:
    """Report nothing."""
