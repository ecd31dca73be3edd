"""A copy of the library as it was before something is done to many faces."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from engine.errors import LibraryError
from engine.library.backups import Moment, Reason, back_up, backups_of
from engine.library.connection import raw_connection

MANY, AGAIN = 1_000, 600.0
"""From so many faces on a copy is made, but not twice in so many seconds."""


def back_up_before_many(library: Path, faces: int) -> None:
    """Make the copy before something is done that cannot be undone.

    Where it cannot be made the work is done all the same: it was asked for.
    """
    if _is_wanted(library, faces):
        with suppress(LibraryError):
            back_up(library, Reason.BEFORE)


@contextmanager
def kept_before_many(library: Path, faces: int) -> Iterator[None]:
    """Keep the library as it was before the edit in the block, which can be undone.

    The copy, seconds for a large library, is made when the edit is written, so that nobody waits for it to see what was
    done: a read holds the moment before. Where it cannot be made, or the process ends first, the history alone has it.
    """
    with ExitStack() as ends:
        moment = _held(library, ends) if _is_wanted(library, faces) else None
        yield
        if moment is not None:
            with suppress(LibraryError):
                back_up(library, Reason.BEFORE, moment)


def _held(library: Path, ends: ExitStack) -> Moment | None:
    """Begin a read of the library as it is now, which ends with the others."""
    with suppress(sqlite3.Error):
        connection = ends.enter_context(closing(raw_connection(library)))
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM journal_state").fetchone()
        return Moment(connection, datetime.now(UTC))
    return None


def _is_wanted(library: Path, faces: int) -> bool:
    newest = next(iter(backups_of(library)), None)
    fresh = newest is not None and (datetime.now(UTC) - newest.made_at).total_seconds() < AGAIN
    return faces >= MANY and not fresh
