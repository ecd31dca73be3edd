"""Which files show one picture: the same content, or the same shot in several formats."""

import os
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, select, update

from engine.library.arrays import raw_batches
from engine.library.changes import Changes
from engine.library.ids import among
from engine.library.library import Library
from engine.library.states import PhotoState
from engine.library.tables import Photo
from engine.scan.formats import RAW_SUFFIXES

_RANK = {
    **dict.fromkeys((".jpg", ".jpeg"), 0),
    **dict.fromkeys((".heic", ".heif", ".hif"), 1),
    **dict.fromkeys(RAW_SUFFIXES, 3),
}
"""Which file of a shot stands for it: what every program opens, then what the phone wrote, the sensor's data last."""

_OTHER = 2
_SHOT_TOLERANCE = 0.04
"""Of the aspect ratio: a RAW file and its JPEG are cut a little differently."""


class _File(NamedTuple):
    photo_id: int
    folder_id: int
    relpath: str
    content_hash: bytes
    width: int
    height: int
    taken_at: Any
    copy_of: int | None
    state: PhotoState

    @property
    def stem(self) -> str:
        """The path without its suffix, in lower case."""
        return _stem(self.relpath)

    @property
    def suffix(self) -> str:
        """The suffix in lower case, with its dot."""
        return f".{self.relpath.rpartition('.')[2].lower()}"

    @property
    def rank(self) -> tuple[bool, int, int, int]:
        """The lower, the sooner it stands for its picture; a file that is gone does where all are."""
        return (
            self.state == PhotoState.MISSING,
            _RANK.get(self.suffix, _OTHER),
            -self.width * self.height,
            self.photo_id,
        )


def note_copies(library: Library) -> Changes:
    """Find files of one picture and note which photo the others are counted with; returns what changed.

    Files of the same content anywhere in the library are one picture. So are files of one name in one folder with
    different suffixes (HEIC and JPEG, RAW and JPEG) that have one shape and were taken at the same moment, if both say
    when. Files that are gone are still copies: what is said meanwhile is said of them, too.
    """
    columns: tuple[Any, ...] = (
        Photo.id,
        Photo.folder_id,
        Photo.relpath,
        Photo.content_hash,
        Photo.width,
        Photo.height,
        Photo.taken_at,
        Photo.copy_of,
        Photo.state,
    )
    known = Photo.state.in_((PhotoState.SCANNED, PhotoState.MISSING))
    there = known & Photo.width.is_not(None) & Photo.content_hash.is_not(None)
    gone = select(Photo.id).where(Photo.copy_of.is_not(None), ~known)
    with library.read() as connection:
        candidates = among(_of_one_name(connection, there).union(_of_one_content(connection, there)))
        those: Select[Any] = select(*columns).where(there, Photo.copy_of.is_not(None) | Photo.id.in_(candidates))
        files = [_File(*row) for row in connection.execute(those.order_by(Photo.id))]
        changed: dict[int, int | None] = dict.fromkeys(connection.scalars(gone).all())
    wanted = _originals(files)
    changed |= {one.photo_id: wanted.get(one.photo_id) for one in files if wanted.get(one.photo_id) != one.copy_of}
    if not changed:
        return Changes()
    noted = update(Photo).where(Photo.id == bindparam("photo")).values(copy_of=bindparam("original"))
    with library.write() as transaction:
        rows = [{"photo": photo_id, "original": original} for photo_id, original in changed.items()]
        transaction.connection.execute(noted, rows)
        transaction.touched(Changes.of(photos=changed))
    return transaction.changes


def _of_one_content(connection: Connection, there: ColumnElement[bool]) -> set[int]:
    """Return the photos of which there is another with the same content."""
    several = select(Photo.content_hash).group_by(Photo.content_hash).having(func.count() > 1)
    return set(connection.scalars(select(Photo.id).where(there, Photo.content_hash.in_(several))))


def _of_one_name(connection: Connection, there: ColumnElement[bool]) -> set[int]:
    """Return the photos of which there is another in the folder with the same stem."""
    first: dict[int, int] = {}
    found: set[int] = set()
    named = select(Photo.id, Photo.folder_id, Photo.relpath).where(there)
    for batch in raw_batches(connection, named):
        for photo_id, folder_id, relpath in batch:
            # Of the many that are alone a number each is kept; two stems of one number are told apart later.
            before = first.setdefault(hash((folder_id, _stem(relpath))), photo_id)
            if before != photo_id:
                found |= {before, photo_id}
    return found


def _stem(relpath: str | bytes) -> str:
    """Return a path, bytes where it is no text, without its suffix in lower case."""
    text = os.fsdecode(relpath)
    return text.rpartition(".")[0].lower() or text.lower()


def _originals(files: list[_File]) -> dict[int, int]:
    """Return the photo that each copy is counted with."""
    groups = _Groups(file.photo_id for file in files)
    by_content: dict[bytes, list[_File]] = defaultdict(list)
    by_name: dict[tuple[int, str], list[_File]] = defaultdict(list)
    for file in files:
        by_content[file.content_hash].append(file)
        by_name[file.folder_id, file.stem].append(file)
    for same in by_content.values():
        for other in same[1:]:
            groups.join(same[0].photo_id, other.photo_id)
    for named in by_name.values():
        for at, file in enumerate(named):
            for other in named[at + 1 :]:
                if _is_one_shot(file, other):
                    groups.join(file.photo_id, other.photo_id)
    members: dict[int, list[_File]] = defaultdict(list)
    for file in files:
        members[groups.of(file.photo_id)].append(file)
    originals = {group: min(inside, key=lambda file: file.rank).photo_id for group, inside in members.items()}
    return {
        file.photo_id: originals[group]
        for group, inside in members.items()
        for file in inside
        if file.photo_id != originals[group]
    }


def _is_one_shot(file: _File, other: _File) -> bool:
    if file.suffix not in _RANK or other.suffix not in _RANK or _RANK[file.suffix] == _RANK[other.suffix]:
        return False
    if None not in (file.taken_at, other.taken_at) and file.taken_at != other.taken_at:
        return False
    one, two = file.width / file.height, other.width / other.height
    return abs(one - two) <= _SHOT_TOLERANCE * two


class _Groups:
    """Joins numbers into groups (union by the smaller, with short cuts)."""

    def __init__(self, numbers: Iterable[int]) -> None:
        self._above = {number: number for number in numbers}

    def of(self, number: int) -> int:
        """Return the number that stands for a number's group."""
        while self._above[number] != number:
            self._above[number] = number = self._above[self._above[number]]
        return number

    def join(self, one: int, other: int) -> None:
        """Make two groups one."""
        first, second = sorted((self.of(one), self.of(other)))
        self._above[second] = first
