"""Copies of the library: one a day, before edits of many faces, before the file comes to a new version, on request.

A copy gets its name only after it was made whole by SQLite's backup API, checked, and brought to the disk, so that no
good name ever stands on a torn file. Copies lie in the folder `backups` beside the library.
"""

import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from engine.errors import LibraryError
from engine.library.connection import raw_connection
from engine.library.examining import open_unchanged
from engine.library.sqlite_errors import spoken_errors
from engine.private_files import make_private_folder, new_private_file, private_lock, sync_folder
from engine.words import sentence, system_reason

FOLDER = "backups"
DAYS, WEEKS = 7, 4
"""Of the daily copies those of the last seven days that have one are kept, and of the last four weeks."""

SPARE = 64 * 1024 * 1024
"""Bytes that a daily copy leaves free on the disk; else it is not made, and that is said."""

NAME = re.compile(r"library-(\d{8}T\d{12}Z)-([a-z]+)\.sqlite")
MOMENT = "%Y%m%dT%H%M%S%fZ"


class Reason(StrEnum):
    """Why a copy was made."""

    DAILY = "daily"
    BEFORE = "before"
    UPGRADE = "upgrade"
    ASKED = "asked"


KEPT = {Reason.BEFORE: 3, Reason.UPGRADE: 2, Reason.ASKED: 3}
"""How many copies of the other kinds are kept."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the library; `made_at` is in UTC, `size` in bytes."""

    path: Path
    made_at: datetime
    reason: Reason
    size: int


@dataclass(frozen=True, slots=True)
class Moment:
    """A library as it was `at` a time (UTC): what `connection`, whose read began then, sees of it."""

    connection: sqlite3.Connection
    at: datetime


def made_at(backup: Path) -> datetime | None:
    """Return when a copy was made (UTC), by its name alone; None where it has another name than copies have."""
    named = NAME.fullmatch(backup.name)
    return _moment(named[1]) if named else None


def _moment(written: str) -> datetime:
    return datetime.strptime(written, MOMENT).replace(tzinfo=UTC)


def backups_of(library: Path) -> list[Backup]:
    """Return the copies in the library's folder of backups, the newest first."""
    found = []
    with suppress(FileNotFoundError):
        for path in (library.parent / FOLDER).iterdir():
            named = NAME.fullmatch(path.name)
            if named and named[2] in Reason.__members__.values() and path.is_file():
                found.append(Backup(path, _moment(named[1]), Reason(named[2]), path.stat().st_size))
    return sorted(found, key=lambda backup: backup.path.name, reverse=True)


def newest_sound(library: Path) -> Backup | None:
    """Return the newest copy that a check finds sound; reads whole files."""
    return next((backup for backup in backups_of(library) if is_sound(backup.path)), None)


def is_sound(path: Path) -> bool:
    """Say whether SQLite finds nothing wrong in a file that nobody has open."""
    try:
        with closing(open_unchanged(path)) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.Error:
        return False


def copy_library(library: Path, target: Path, moment: Moment | None = None) -> None:
    """Copy the committed content into a new file that is `target` only once it is whole, sound and on the disk.

    Without a moment, as it is now. Others may read and write the library meanwhile. Raises LibraryError where it cannot
    be read, the copy cannot be written, or there is a file of that name.
    """
    if target.exists():
        raise LibraryError(
            sentence("There is a file {target} already.", target=target),
            sentence("Choose another name; no backup is overwritten."),
        )
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        part.unlink(missing_ok=True)
        new_private_file(part)
        _copy(library, part, moment)
        if not is_sound(part):
            raise LibraryError(
                sentence("The library {library} is damaged, so no backup was made of it.", library=library),
                sentence("kinfolk doctor"),
            )
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        message = sentence(
            "The backup {target} cannot be written: {reason}.", target=target, reason=system_reason(error)
        )
        raise LibraryError(message, sentence("Check the folder and the space on its disk.")) from error
    finally:
        for left in (part, part.with_name(f"{part.name}-journal")):
            with suppress(OSError):
                left.unlink(missing_ok=True)


def _copy(library: Path, part: Path, moment: Moment | None) -> None:
    with spoken_errors(library), ExitStack() as ends:
        source = ends.enter_context(closing(raw_connection(library))) if moment is None else moment.connection
        with spoken_errors(part), closing(sqlite3.connect(part)) as target:
            source.backup(target)


def back_up(library: Path, reason: Reason, moment: Moment | None = None) -> Backup:
    """Make a copy in the folder of backups, and remove those that are too old. Raises what `copy_library` raises."""
    folder = library.parent / FOLDER
    with _one_at_a_time(folder):
        made_at = datetime.now(UTC) if moment is None else moment.at
        path = folder / f"library-{made_at.strftime(MOMENT)}-{reason}.sqlite"
        copy_library(library, path, moment)
        for old in too_old(backups_of(library)):
            # Where the clock was set back, others seem newer than the copy that was made just now.
            if old.path != path:
                with suppress(OSError):
                    old.path.unlink()
    return Backup(path, made_at, reason, path.stat().st_size)


def keep_daily(library: Path) -> Backup | None:
    """Make today's copy, unless there is one, or nothing was written since the newest.

    Raises LibraryError where the disk has too little space, and what `back_up` raises.
    """
    backups, today = backups_of(library), datetime.now().astimezone().date()
    if any(backup.made_at.astimezone().date() == today for backup in backups):
        return None
    newest = next(iter(backups), None)
    with spoken_errors(library):
        revision = _revision(library)
    if revision == 0 or (newest is not None and _revision_of_copy(newest.path) == revision):
        return None
    if shutil.disk_usage(library.parent).free < library.stat().st_size + SPARE:
        hint = sentence("Free some space on the disk of the data folder.")
        raise LibraryError(sentence("There is too little space for today's backup of the library."), hint)
    return back_up(library, Reason.DAILY)


def too_old(backups: list[Backup]) -> list[Backup]:
    """Return which of these, the newest first, are to go."""
    daily = [backup for backup in backups if backup.reason is Reason.DAILY]
    of_day: dict[object, Backup] = {}
    of_week: dict[object, Backup] = {}
    for backup in daily:
        local = backup.made_at.astimezone()
        of_day.setdefault(local.date(), backup)
        of_week.setdefault(local.isocalendar()[:2], backup)
    kept = [*list(of_day.values())[:DAYS], *list(of_week.values())[:WEEKS]]
    for reason, count in KEPT.items():
        kept += [backup for backup in backups if backup.reason is reason][:count]
    return [backup for backup in backups if backup not in kept]


def delete_backups(library: Path) -> int:
    """Delete every copy, also torn ones and those that a damaged file was kept as; return how many files went.

    Raises LibraryError where one stays.
    """
    folder, stem = library.parent / FOLDER, library.stem
    doomed = [path for pattern in ("-version*", "-damaged-*") for path in library.parent.glob(f"{stem}{pattern}")]
    with suppress(FileNotFoundError):
        doomed += [path for path in folder.iterdir() if path.name.startswith("library-")]
    for path in doomed:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            message = sentence("The backup {path} cannot be removed: {reason}.", path=path, reason=system_reason(error))
            raise LibraryError(message, sentence("Remove the file yourself.")) from error
    return len(doomed)


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Hold the folder; what a killed process left unfinished in it goes."""
    try:
        make_private_folder(folder)
    except OSError as error:
        message = sentence(
            "The folder of backups {folder} cannot be made: {reason}.", folder=folder, reason=system_reason(error)
        )
        raise LibraryError(message, sentence("Check the data folder and the space on its disk.")) from error
    with private_lock(folder / "library.lock"):
        for torn in folder.glob("library-*.part*"):
            torn.unlink(missing_ok=True)
        yield


def _revision(library: Path) -> int:
    with closing(raw_connection(library)) as connection:
        return _revision_in(connection)


def _revision_of_copy(path: Path) -> int | None:
    try:
        with closing(open_unchanged(path)) as connection:
            return _revision_in(connection)
    except sqlite3.Error:
        return None


def _revision_in(connection: sqlite3.Connection) -> int:
    row = connection.execute("SELECT revision FROM journal_state").fetchone()
    return int(row[0]) if row else 0
