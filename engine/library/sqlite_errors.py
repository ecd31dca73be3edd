"""SQLite's ways to fail that a person can do something about, as sentences."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from engine.errors import LibraryError, MayPassError
from engine.library.damage import LibraryDamagedError
from engine.library.marker import was_here
from engine.private_files import is_full
from engine.words import sentence, template

_WRITING = (
    template("The library {path} is being written by another Kinfolk."),
    sentence("Wait until its work is done, then try again."),
)
_REASONS: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_PERM: (
        template("The library {path} may not be opened by you."),
        sentence("Check who owns the file."),
    ),
    sqlite3.SQLITE_BUSY: _WRITING,
    sqlite3.SQLITE_LOCKED: _WRITING,
    sqlite3.SQLITE_READONLY: (
        template("The library {path} is read-only."),
        sentence("Make the file and its folder writable, or choose another data folder."),
    ),
    sqlite3.SQLITE_IOERR: (
        template("The library {path} cannot be read or written: the disk reports an error."),
        sentence("Check the disk."),
    ),
    sqlite3.SQLITE_INTERRUPT: (template("The library {path} is being closed."), sentence("Open it again.")),
    sqlite3.SQLITE_FULL: (
        template("The library {path} cannot grow: the disk is full."),
        sentence("Free some space, then try again."),
    ),
    sqlite3.SQLITE_CANTOPEN: (
        template("The library {path} cannot be opened."),
        sentence("Check that its folder exists and is writable."),
    ),
    sqlite3.SQLITE_CONSTRAINT: (
        template(
            "The library {path} refuses what was to be written: "
            "it contradicts what another Kinfolk has written, or the file is damaged."
        ),
        sentence("Try again; if it happens again, check the file with: kinfolk doctor"),
    ),
    sqlite3.SQLITE_ERROR: (
        template("The library {path} is not built as this Kinfolk expects: another program has changed it."),
        sentence("Check the file with: kinfolk doctor. Put a backup in its place with: kinfolk restore"),
    ),
    sqlite3.SQLITE_NOTADB: (
        template("The library {path} is not a Kinfolk library."),
        sentence("Choose another data folder, or move the file away."),
    ),
}
"""What is said, a template, and the hint."""

_MAY_PASS = {
    *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY),
    *(sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN),
}
_ALSO_WHEN_FULL = {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}
"""What SQLite reports, too, where there is no room for the index of its log, or for one more file."""


@contextmanager
def spoken_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite reports about the file into a `LibraryError`; an error of our own code passes unchanged."""
    try:
        yield
    except DBAPIError as error:
        if not isinstance(error.orig, sqlite3.Error) or (spoken := _sentence(error.orig, path)) is None:
            raise
        raise spoken from error
    except sqlite3.Error as error:
        if (spoken := _sentence(error, path)) is None:
            raise
        raise spoken from error
    except UnicodeDecodeError as error:  # names and messages that damage left no text; all that is stored is text
        raise LibraryDamagedError.of(path) from error


def _sentence(error: sqlite3.Error, path: Path) -> LibraryError | None:
    # The low byte of an extended code is the primary one: https://www.sqlite.org/rescode.html
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_CORRUPT or (code == sqlite3.SQLITE_NOTADB and was_here(path)):
        return LibraryDamagedError.of(path)
    if code not in _REASONS:
        return None
    if code in _ALSO_WHEN_FULL and is_full(path.parent):
        code = sqlite3.SQLITE_FULL
    message, hint = _REASONS[code]
    kind = MayPassError if code in _MAY_PASS else LibraryError
    return kind(sentence(message, path=path), hint)
