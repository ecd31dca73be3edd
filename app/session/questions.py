"""The questions that wait for an answer: fetched in the background, so that the next one is always there."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.session.asking import FETCHED, Asking, is_likely
from app.session.operations import Operations
from app.session.scanning import Scanning
from app.work.jobs import Lane
from app.work.loading import Loader
from engine.clustering.wanted import Outlook
from engine.library.changes import Changes
from engine.library.history import Replay
from engine.library.library import Library
from engine.models.card import ModelCard

if TYPE_CHECKING:
    from app.session.asked import Asked, Key, Questions

FEW = 12
"""When so few are left, more are fetched."""

AFRESH = 5
"""Answers after which it is worth looking again: the questions that are left have other probabilities then."""

REST_MS = 3_000
"""How long after the window opened, or after the library changed, questions are looked for again."""


class QuestionQueue(QObject):
    """Knows the question to ask now and the next ones; made once, since the sidebar counts them too.

    An answer is given in two steps: `take` moves on to the next question at once, and `note_written`, when the edit is
    in the library, ties the question to that step of the history, so that undoing brings it back.
    """

    moved = Signal()
    """The question to ask now, what is known of it, how many wait, or `looking` has changed."""

    def __init__(
        self,
        library: Library,
        embedder: Callable[[], ModelCard],
        operations: Operations,
        scanning: Scanning,
        *,
        thinking: Lane,
        reads: Lane,
        failed: Callable[[object], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._asking, self._failed = Asking(library, embedder), failed
        self._operations, self._scanning = operations, scanning
        self._open: list[Asked] = []
        self._unwritten: set[Key] = set()
        self._written: set[Key] = set()
        self._steps: dict[int, Asked] = {}
        self._own_people: set[int] = set()
        self._answers = 0
        self._stale, self._wanted, self.more = True, False, False
        self.people = self.named = 0
        self.error: object = None
        self._fetcher: Loader[Questions] = Loader(thinking, self, self._fill, self._fail)
        self._checker: Loader[list[Asked]] = Loader(reads, self, self._refresh, failed)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._fetch_if_stale)
        scanning.finished.connect(self.check_again)
        operations.replayed.connect(self._take_replay)

    @property
    def current(self) -> "Asked | None":
        """The question to ask now."""
        return self._open[0] if self._open else None

    @property
    def waiting(self) -> "list[Asked]":
        """The questions as far as they are known, the one to ask now first; `more` says that there are others."""
        return self._open

    @property
    def likely(self) -> int:
        """How many of them are asked of somebody who did not ask for less likely ones."""
        return sum(map(is_likely, self._open))

    @property
    def going_on(self) -> bool:
        """Whether less likely questions were asked for."""
        return self._asking.going_on

    @property
    def further(self) -> Outlook:
        """What there is beyond the likely questions: what could be asked for or, once it was, what waits."""
        return self._asking.further(self._open)

    @property
    def looking(self) -> bool:
        """Whether questions are being looked for."""
        return self._fetcher.busy

    def begin(self) -> None:
        """Look for questions once the window has come to rest."""
        self._rest.start()

    def stop(self) -> None:
        """Look no more."""
        self._rest.stop()
        self._fetcher.forget()

    def want(self) -> None:
        """Somebody is here to answer: look for questions now, unless those that are known are new."""
        self._wanted = True
        if self._stale and not self.looking:
            self._fetch()

    def go_on(self) -> None:
        """Ask less likely questions, too, from now on."""
        self._asking.going_on = True
        self._fetch()

    def keep_to_likely(self) -> None:
        """Ask no less likely questions any more."""
        if self._asking.going_on:
            self._asking.going_on = False
            self._open = [one for one in self._open if is_likely(one)]
            self._fetch()

    def leave(self) -> None:
        """Nobody is answering any more."""
        self._wanted = False
        self._own_people.clear()

    def take(
        self, asked: "Asked", *, faces: frozenset[int] = frozenset(), people: frozenset[int] = frozenset()
    ) -> None:
        """Go on to the next question; nothing more is asked about these faces and people, who go elsewhere now."""
        question = asked.question
        self._unwritten.add(asked.key)
        self._own_people |= {question.other, *people}
        if question.person is not None:
            self._own_people.add(question.person)
        self._open = [
            one
            for one in self._open
            if one.key != asked.key
            and one.question.face not in faces
            and not people & {one.question.person, one.question.other}
        ]
        self._answers += 1
        self.moved.emit()
        self._fetch_if_few()

    def note_written(self, asked: "Asked") -> None:
        """Note that the answer is in the library, as the step that undo would take back next."""
        self._unwritten.discard(asked.key)
        self._written.add(asked.key)
        step = self._operations.steps.last
        if step is not None:
            self._steps[step] = asked
        self._fetch_if_few()

    def take_changes(self, changes: Changes) -> None:
        """Take in what this process wrote: the questions that it concerns may be void, and others may come."""
        if any(_concerns(changes, one) for one in self._open):
            self._check()
        if changes.photos or not changes.people <= self._own_people:
            self._fetch_later()

    def check_again(self) -> None:
        """Take in that everything may be different."""
        self._check()
        self._fetch_later()

    def _fetch_if_few(self) -> None:
        """Look for more before none are left, and once more when none are, as the answers may have raised others."""
        few = self.more and len(self._open) < FEW and self._answers >= AFRESH
        last = not self._open and not self._unwritten and self._answers > 0
        if self._wanted and (few or last) and not self.looking:
            self._fetch()

    def _fetch(self) -> None:
        self._stale, self._answers, self.error = False, 0, None
        self._written.clear()
        self._fetcher.load(self._asking.reader())
        self.moved.emit()

    def _fill(self, found: "Questions") -> None:
        """Put what was found behind the question that is being asked; what was answered meanwhile is left out.

        That question stays as it is seen, but for names that have become likely, which come after those with a number.
        """
        said, asking = self._unwritten | self._written, self.current
        fresh = [one for one in found.asked if one.key not in said]
        if asking is not None:
            again = next((one for one in fresh if one.key == asking.key), asking)
            fresh = [asking.also_likely(again.likely), *(one for one in fresh if one.key != asking.key)]
        self._asking.note(found)
        self._open, self.more = fresh, len(found.asked) == FETCHED
        self.people, self.named = found.people, found.named
        self.moved.emit()
        if self._answers:
            self._check()
        self._fetch_if_few()

    def _fail(self, error: object) -> None:
        self.error, self._stale = error, True
        self.moved.emit()
        self._failed(error)

    def _check(self) -> None:
        """Drop what can no longer be asked, and learn what is new of the rest."""
        if self._open:
            self._checker.load(self._asking.reader_again(list(self._open)))

    def _refresh(self, still: "list[Asked]") -> None:
        known = {one.key: one for one in still}
        after = [known[one.key] for one in self._open if one.key in known]
        if after != self._open:
            self._open = after
            self.moved.emit()
        self._fetch_if_few()

    def _fetch_later(self) -> None:
        self._stale = True
        if not self._rest.isActive():
            self._rest.start()

    def _fetch_if_stale(self) -> None:
        """Look again, but not all the time while a scan changes everything and there is enough to ask."""
        if not self._stale or self.looking:
            return
        if self._scanning.job is not None and (self._open or not self._wanted):
            self._rest.start()
        else:
            self._fetch()

    def _take_replay(self, replay: Replay) -> None:
        """Ask again what was taken back; drop what was done again."""
        for step in replay.steps:
            asked = self._steps.get(step.id)
            if asked is None:
                continue
            self._open = [one for one in self._open if one.key != asked.key]
            self._own_people |= replay.changes.people
            if step.undone:
                self._written.discard(asked.key)
                self._open.insert(0, asked)
            else:
                self._written.add(asked.key)
        self.moved.emit()
        self._check()


def _concerns(changes: Changes, asked: "Asked") -> bool:
    question = asked.question
    return question.face in changes.faces or question.person in changes.people or question.other in changes.people
