"""Reads people as they change: a few rows where few changed, everybody where many did."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from app.names.name_matching import prepared
from app.names.name_order import name_orderer
from app.session.context import Context
from app.work.reading import Reading
from engine.library.changes import Changes
from engine.library.library import Library
from engine.library.queries import PersonRow, people_rows
from engine.library.queries.last_seen import latest_photos

FEW = 400
"""So many people are read by their ids; of more, reading everybody is as quick."""


@dataclass(frozen=True, slots=True)
class PeopleMemory:
    """How the page was left."""

    typed: str
    offset: int
    current: int | None
    selected: list[int]


@dataclass(frozen=True, slots=True)
class PeopleNews:
    """What has become of people; `asked` is None where these are all there are."""

    asked: frozenset[int] | None
    rows: list[PersonRow]
    latest: dict[int, datetime]


class PeopleReading(QObject):
    """Tells of news; changes that come during a read are read after it.

    So a scan that writes all the time cannot keep news from arriving.
    """

    told = Signal(object)
    """`PeopleNews`."""
    failed = Signal(object)
    """The exception that ended a read."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._library = context.library
        self._reading = Reading(context.reads, self, self._tell, self._give_up)
        self._changed: set[int] = set()
        self._all = True
        self.dated = False
        """Whether to read when people's latest photos were taken, too."""

    def read(self, changes: Changes | None) -> None:
        """Read the people whom changes touch; None: anybody."""
        self._changed |= changes.people if changes is not None else set()
        self._all = self._all or changes is None or len(self._changed) > FEW
        self.begin()

    def read_everybody(self) -> None:
        """Read all people anew."""
        self.read(None)

    def begin(self) -> None:
        """Read what is not known yet, or no longer."""
        if not (self._all or self._changed):
            return
        asked = None if self._all else frozenset(self._changed)
        library, dated, waits = self._library, self.dated, self._reading.busy
        self._reading.refresh(lambda: _read(library, asked, dated=dated))
        if not waits:
            self._all, self._changed = False, set()

    def _tell(self, news: PeopleNews) -> None:
        # The read that was to wait for this one has begun.
        self._all, self._changed = False, set()
        self.told.emit(news)

    def _give_up(self, error: object) -> None:
        self._all = True
        self.failed.emit(error)


def _read(library: Library, asked: frozenset[int] | None, *, dated: bool) -> PeopleNews:
    rows = people_rows(library) if asked is None else people_rows(library, only=asked)
    # What names are found and sorted by is made here: of thousands it takes the window longer than to paint.
    place = name_orderer()
    for name in prepared({row.person: row.name for row in rows if row.name is not None}).values():
        place(name)
    return PeopleNews(asked, rows, latest_photos(library, asked) if dated else {})
