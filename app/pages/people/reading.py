"""Reads people as they change: a few rows where few changed, everybody where many did."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from app.session.context import Context
from app.work.loading import Loader
from engine.library.changes import Changes
from engine.library.library import Library
from engine.library.queries import PersonRow, people_rows
from engine.library.queries.recent import latest_photos

FEW = 400
"""So many people are read by their ids; of more, reading everybody is as quick."""


@dataclass(frozen=True, slots=True)
class PeopleNews:
    """What has become of people; `asked` is None where these are all there are."""

    asked: frozenset[int] | None
    rows: list[PersonRow]
    latest: dict[int, datetime]


class PeopleReading(QObject):
    """Tells of news while somebody looks; what happens meanwhile is read at the next look.

    Changes that come during a read are read after it: a scan that writes all the time cannot keep news from arriving.
    """

    told = Signal(object)
    """`PeopleNews`."""
    failed = Signal(object)
    """The exception that ended a read."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._library = context.library
        self._loader = Loader(context.reads, self, self._tell, self._give_up)
        self._changed: set[int] = set()
        self._all, self._looking = True, False
        self.dated = False
        """Whether to read when people's latest photos were taken, too."""
        context.changed.connect(self._note)
        context.changed_elsewhere.connect(self.read_everybody)

    def look(self) -> None:
        """Read what has changed since the last look, and go on."""
        self._looking = True
        self._read()

    def look_away(self) -> None:
        """Read nothing until the next look."""
        self._looking = False

    def read_everybody(self) -> None:
        """Read all people anew."""
        self._all = True
        self._read()

    def _note(self, changes: Changes) -> None:
        self._changed |= changes.people
        self._all = self._all or len(self._changed) > FEW
        self._read()

    def _read(self) -> None:
        if not self._looking or self._loader.busy or not (self._all or self._changed):
            return
        asked = None if self._all else frozenset(self._changed)
        self._all, self._changed = False, set()
        library, dated = self._library, self.dated
        self._loader.load(lambda: _read(library, asked, dated=dated))

    def _tell(self, news: PeopleNews) -> None:
        self.told.emit(news)
        self._read()

    def _give_up(self, error: object) -> None:
        self._all = True
        self.failed.emit(error)


def _read(library: Library, asked: frozenset[int] | None, *, dated: bool) -> PeopleNews:
    rows = people_rows(library) if asked is None else people_rows(library, only=asked)
    return PeopleNews(asked, rows, latest_photos(library, asked) if dated else {})
