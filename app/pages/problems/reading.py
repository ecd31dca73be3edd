"""Keeps the list of problems right while somebody looks at it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from app.pages.problems.problem import (
    Problem,
    ProblemKind,
    doubtful_problems,
    missing_problems,
    people_problems,
    photo_problems,
)
from app.session.context import Context
from app.session.folders import FolderState
from app.work.jobs import Lane
from app.work.loading import Loader
from engine.library.changes import Changes

REST_MS = 2_000
"""How long after a change people who look like two are looked for again, which takes seconds."""


class ProblemReading(QObject):
    """Reads what has changed, and only while it is followed."""

    found = Signal(object, object)
    """Kinds of problems, and all problems of these kinds."""
    turned = Signal()
    """Something begins to be looked for, or has been looked for to the end."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._followed = context, False
        self.error: object = None
        library = context.library
        self._photos = _Part(
            self,
            context.reads,
            (ProblemKind.UNREADABLE, ProblemKind.PARTLY, ProblemKind.MISSING),
            lambda: photo_problems(library) + missing_problems(library),
        )
        self._people = _Part(
            self, context.reads, (ProblemKind.DOUBLED, ProblemKind.NAMESAKES), lambda: people_problems(library)
        )
        self._doubtful = _Part(
            self, context.thinking, (ProblemKind.TWO_IN_ONE,), lambda: doubtful_problems(library, context.embedder())
        )
        self._parts = (self._photos, self._people, self._doubtful)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._doubtful.look)
        context.changed.connect(self._take)
        context.changed_elsewhere.connect(lambda: self._look(*self._parts))
        context.operations.replayed.connect(lambda _: self._look(self._people))
        context.folders.changed.connect(self._take_folders)

    @property
    def busy(self) -> bool:
        """Whether problems are still being looked for."""
        return any(part.loader.busy for part in self._parts)

    def follow(self) -> None:
        """Read what is not known or has changed since, and go on reading."""
        self._followed, self.error = True, None
        self._take_folders(self._context.folders.states or [])
        for part in self._parts:
            if part.stale:
                part.look()

    def leave(self) -> None:
        """Note only what changes."""
        self._followed = False
        self._doubtful.stale |= self._rest.isActive()
        self._rest.stop()

    def fail(self, error: object) -> None:
        """Note that a part could not be read, and show why."""
        self.error = error
        self.turned.emit()
        self._context.fail(error)

    def _take(self, changes: Changes) -> None:
        if changes.photos or changes.folders:
            self._look(self._photos)
        if changes.faces or changes.people:
            self._look(self._people)
            self._look_later()
        elif not changes:
            # Something was put off, or asked for again.
            self._look(self._people)

    def _look(self, *parts: "_Part") -> None:
        for part in parts:
            if self._followed:
                part.look()
            else:
                part.stale = True

    def _look_later(self) -> None:
        if not self._followed:
            self._doubtful.stale = True
        elif not self._rest.isActive():
            self._rest.start()

    def _take_folders(self, states: list[FolderState]) -> None:
        away = [
            Problem(ProblemKind.AWAY, (one.id,), one.path.name, count=one.photos, path=one.path)
            for one in (state.summary for state in states if not state.there)
        ]
        self.found.emit((ProblemKind.AWAY,), away)


class _Part:
    """Some kinds that are read together; asked again while it reads, it reads once more when it is done."""

    def __init__(
        self,
        owner: ProblemReading,
        lane: Lane,
        kinds: tuple[ProblemKind, ...],
        read: Callable[[], list[Problem]],
    ) -> None:
        self._owner, self._kinds, self._read = owner, kinds, read
        self.loader = Loader(lane, owner, self._take, self._fail)
        self.stale, self._again = True, False

    def look(self) -> None:
        """Read now, or once more after the read that is under way."""
        if self.loader.busy:
            self._again = True
            return
        self.stale = False
        self.loader.load(self._read)
        self._owner.turned.emit()

    def _take(self, problems: list[Problem]) -> None:
        self._owner.found.emit(self._kinds, problems)
        if self._again:
            self._again = False
            self.look()
        self._owner.turned.emit()

    def _fail(self, error: object) -> None:
        self.stale, self._again = True, False
        self._owner.fail(error)
