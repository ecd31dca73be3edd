"""Looking at a library file without changing it, or anything beside it."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from engine.errors import LibraryError
from engine.library.damage import LibraryDamagedError
from engine.library.schema import APPLICATION_ID, SCHEMA, Schema
from engine.library.sqlite_errors import spoken_errors
from engine.words import sentence


@dataclass(frozen=True, slots=True)
class FileState:
    """A library file: its version, whether that is the present one, and what SQLite finds wrong with it."""

    version: int
    is_current: bool
    problems: tuple[str, ...]


def examine_file(path: Path, schema: Schema = SCHEMA) -> FileState:
    """Check the whole file, seconds for a large one. Raises LibraryError if it is newer, or not a library."""
    with spoken_errors(path), closing(open_unchanged(path)) as connection:
        version = file_version(connection, path, schema)
        return FileState(version, version == schema.version, tuple(_problems(connection)))


def open_unchanged(path: Path) -> sqlite3.Connection:
    """Open a file for reading only."""
    # Without a write-ahead log the file is all there is, and "immutable" keeps SQLite from laying one beside it.
    log = path.with_name(f"{path.name}-wal")
    unused = "" if log.exists() else "&immutable=1"
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro{unused}", uri=True)


def file_version(connection: sqlite3.Connection, path: Path, schema: Schema) -> int:
    """Return the file's version, 0 for an empty one; refuse what this program must not write to."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (owner,) = connection.execute("PRAGMA application_id").fetchone()
    try:
        (tables,) = connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
    except UnicodeDecodeError as error:  # SQLite names what is damaged, and the name is no text any more
        raise LibraryDamagedError.of(path) from error
    if owner != APPLICATION_ID and (tables or version):
        raise LibraryError(
            sentence("The file {path} is a database of another program.", path=path),
            sentence("Choose another data folder, or move the file away."),
        )
    if version > schema.version:
        raise LibraryError(
            sentence(
                "The library {path} was made by a newer Kinfolk (version {version}, this one knows {known}).",
                path=path,
                version=version,
                known=schema.version,
            ),
            sentence("Update Kinfolk, or choose another data folder."),
        )
    return int(version)


def _problems(connection: sqlite3.Connection) -> list[str]:
    """Return what SQLite finds wrong in the whole file, nothing for a sound one."""
    found = [str(line) for (line,) in connection.execute("PRAGMA integrity_check") if line != "ok"]
    stray = connection.execute("PRAGMA foreign_key_check").fetchall()
    return found + [
        sentence("a row of {table} refers to a row of {other} that is gone", table=row[0], other=row[2])
        for row in stray
    ]


def stated_embedder(path: Path) -> str | None:
    """Return which embedder the library uses, None where it states none or is of a version that could not."""
    try:
        with closing(open_unchanged(path)) as connection:
            row = connection.execute("SELECT name FROM models_in_use WHERE kind = 'embedder'").fetchone()
    except (sqlite3.Error, UnicodeDecodeError):
        return None
    return str(row[0]) if row else None
