"""Reads people as they change: a few rows where few changed, everybody where many did."""

from collections.abc import Collection, Set
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

    asked: Set[int] | None
    rows: list[PersonRow]
    latest: dict[int, datetime]


class _Told:
    """The people as the page was told of them last; touched by the thread that reads alone."""

    def __init__(self) -> None:
        self.rows: dict[int, PersonRow] | None = None


class PeopleReading(QObject):
    """Tells of news; changes that come during a read are read after it.

    So a scan that writes all the time cannot keep news from arriving. Where many changed, who differs from before is
    found here, and the page hears of these alone.
    """

    told = Signal(object)
    """`PeopleNews`."""
    failed = Signal(object)
    """The exception that ended a read."""

    def __init__(self, context: Context, parent: QObject, foreseen: Collection[int]) -> None:
        """`foreseen` are the people whom the page shows otherwise than it was told, at any time."""
        super().__init__(parent)
        self._library, self._foreseen, self._told = context.library, foreseen, _Told()
        self._reading = Reading(context.reads, self, self._tell, self._give_up)
        self._changed: set[int] = set()
        self._all = True
        self.dated = False
        """Whether to read when people's latest photos were taken, too."""

    def read(self, changes: Changes | None) -> None:
        """Read the people whom changes touch; None: anybody."""
        self._changed |= changes.people if changes is not None else set()
        self._all = self._all or changes is None
        self.begin()

    def read_everybody(self) -> None:
        """Read all people anew."""
        self.read(None)

    def begin(self) -> None:
        """Read what is not known yet, or no longer."""
        if not (self._all or self._changed):
            return
        library, told, waits = self._library, self._told, self._reading.busy
        asked, foreseen, dated = frozenset(self._changed), frozenset(self._foreseen), self.dated
        if self._all:
            self._reading.refresh(lambda: _read_all(library, told, dated=dated))
        elif len(asked) > FEW and not dated:
            self._reading.refresh(lambda: _read_differing(library, told, foreseen))
        else:
            self._reading.refresh(lambda: _read_few(library, told, asked, dated=dated))
        if not waits:
            self._all, self._changed = False, set()

    def _tell(self, news: PeopleNews) -> None:
        # The read that was to wait for this one has begun.
        self._all, self._changed = False, set()
        self.told.emit(news)

    def _give_up(self, error: object) -> None:
        self._all = True
        self.failed.emit(error)


def _read_all(library: Library, told: _Told, *, dated: bool) -> PeopleNews:
    rows = _prepared(people_rows(library))
    told.rows = {row.person: row for row in rows}
    return PeopleNews(None, rows, latest_photos(library, None) if dated else {})


def _read_differing(library: Library, told: _Told, foreseen: frozenset[int]) -> PeopleNews:
    """Read everybody, and tell of those who are others than before, and of those who are shown otherwise."""
    before = told.rows or {}
    rows = _read_all(library, told, dated=False).rows
    differing = [row for row in rows if row.person in foreseen or before.get(row.person) != row]
    gone = (before.keys() | foreseen) - (told.rows or {}).keys()
    return PeopleNews(gone | {row.person for row in differing}, differing, {})


def _read_few(library: Library, told: _Told, asked: frozenset[int], *, dated: bool) -> PeopleNews:
    rows = _prepared(people_rows(library, only=asked))
    if told.rows is not None:
        for person in asked:
            told.rows.pop(person, None)
        told.rows |= {row.person: row for row in rows}
    return PeopleNews(asked, rows, latest_photos(library, asked) if dated else {})


def _prepared(rows: list[PersonRow]) -> list[PersonRow]:
    """Make here what names are found and sorted by: of thousands it takes the window longer than to paint."""
    place = name_orderer()
    for name in prepared({row.person: row.name for row in rows if row.name is not None}).values():
        place(name)
    return rows
