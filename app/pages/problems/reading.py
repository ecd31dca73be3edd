"""Reads what calls for mending: what is not known yet, and what changes may have made wrong or right."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from app.pages.problems.problem import (
    Problem,
    ProblemKind,
    doubtful_problems,
    missing_problems,
    not_shown_problems,
    people_problems,
    photo_problems,
)
from app.session.context import Context
from app.session.folders import FolderState
from app.work.jobs import Lane
from app.work.reading import Reading
from engine.library.changes import Changes

REST_MS = 2_000
"""How long after a change people who look like two are looked for again, which takes seconds."""


class ProblemReading(QObject):
    """Reads what has changed; the page says what and when."""

    found = Signal(object, object)
    """Kinds of problems, and all problems of these kinds."""
    busy_changed = Signal()
    """Something begins to be looked for, or has been looked for to the end."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.error: object = None
        library = context.library
        self._photos = _Part(
            self,
            context.reads,
            (ProblemKind.UNREADABLE, ProblemKind.PARTLY, ProblemKind.MISSING, ProblemKind.NOT_SHOWN),
            lambda: photo_problems(library) + missing_problems(library) + not_shown_problems(library),
        )
        self._people = _Part(
            self, context.reads, (ProblemKind.DOUBLED, ProblemKind.NAMESAKES), lambda: people_problems(library)
        )
        self._doubtful = _Part(
            self, context.thinking, (ProblemKind.TWO_IN_ONE,), lambda: doubtful_problems(library, context.embedder())
        )
        self._parts = (self._photos, self._people, self._doubtful)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._doubtful.read)
        context.folders.changed.connect(self._take_folders)

    @property
    def busy(self) -> bool:
        """Whether problems are still being looked for."""
        return any(part.reading.busy for part in self._parts)

    def begin(self) -> None:
        """Read what is not known yet, or no longer."""
        self.leave()
        self.error = None
        self._take_folders(self._context.folders.states or [])
        for part in self._parts:
            if part.stale:
                part.read()

    def leave(self) -> None:
        """Let what was to be read soon wait for `begin`, which reads it at once."""
        self._doubtful.stale |= self._rest.isActive()
        self._rest.stop()

    def fail(self, error: object) -> None:
        """Note that a part could not be read, and show why."""
        self.error = error
        self.busy_changed.emit()
        self._context.fail(error)

    def read(self, changes: Changes | None) -> None:
        """Read what changes may have made wrong or right; None: all of it."""
        if changes is None or changes.photos or changes.folders or changes.questions:
            self._photos.read()
        self._people.read()
        if changes is None:
            self._doubtful.read()
        elif (changes.faces or changes.people) and not self._rest.isActive():
            self._rest.start()

    def _take_folders(self, states: list[FolderState]) -> None:
        away = [
            Problem(ProblemKind.AWAY, (one.id,), one.path.name, count=one.photos, path=one.path)
            for one in (state.summary for state in states if not state.there)
        ]
        self.found.emit((ProblemKind.AWAY,), away)


class _Part:
    """Some kinds that are read together; `stale` where what is known of them may not hold."""

    def __init__(
        self,
        owner: ProblemReading,
        lane: Lane,
        kinds: tuple[ProblemKind, ...],
        read: Callable[[], list[Problem]],
    ) -> None:
        self._owner, self._kinds, self._read = owner, kinds, read
        self.reading = Reading(lane, owner, self._take, self._fail)
        self.stale = True

    def read(self) -> None:
        """Read now, or once more after the read that is under way."""
        self.stale = False
        self.reading.refresh(self._read)
        self._owner.busy_changed.emit()

    def _take(self, problems: list[Problem]) -> None:
        self._owner.found.emit(self._kinds, problems)
        self._owner.busy_changed.emit()

    def _fail(self, error: object) -> None:
        self.stale = True
        self._owner.fail(error)
