"""Opening a library file: making a new one, refusing what is not ours, bringing an older one to the present version."""

import sqlite3
from contextlib import closing
from pathlib import Path

from engine.errors import LibraryError
from engine.library.backups import Reason, back_up
from engine.library.connection import raw_connection
from engine.library.examining import file_version, open_unchanged
from engine.library.schema import APPLICATION_ID, Schema
from engine.words import sentence

OLDEST_SQLITE = (3, 35, 0)
"""The first that knows RETURNING and MATERIALIZED."""


def require_sqlite() -> None:
    """Raise LibraryError where Python brings an SQLite that is too old."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise LibraryError(
            sentence("SQLite {version} is too old.", version=sqlite3.sqlite_version),
            sentence("Use a Python that comes with SQLite 3.35 or newer."),
        )


def prepare_file(path: Path, schema: Schema) -> Path | None:
    """Make the file, or bring it to `schema`; return the backup's path if it was migrated.

    A file that is newer or not a library is refused before anything in it or beside it is touched.
    """
    if path.exists() and path.stat().st_size > 0:
        with closing(open_unchanged(path)) as probe:
            if file_version(probe, path, schema) == schema.version:
                return None
    with closing(raw_connection(path)) as connection:
        return _write_schema(connection, path, schema)


def _write_schema(connection: sqlite3.Connection, path: Path, schema: Schema) -> Path | None:
    (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    if mode != "wal":
        raise LibraryError(
            sentence("The library {path} cannot keep a write-ahead log where it lies.", path=path),
            sentence("Choose a data folder on a local disk."),
        )
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Read again under the write lock: another process may have done the work meanwhile.
        version = file_version(connection, path, schema)
        backup = _bring_to_present(connection, path, schema, version)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {schema.version}")
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise
    return backup


def _bring_to_present(connection: sqlite3.Connection, path: Path, schema: Schema, version: int) -> Path | None:
    if version == schema.version:
        return None
    backup = None
    if version == 0:
        for statement in schema.tables:
            connection.execute(statement)
    else:
        backup = back_up(path, Reason.UPGRADE).path
        _migrate(connection, schema, version, backup)
    _renew_triggers(connection, schema)
    return backup


def _migrate(connection: sqlite3.Connection, schema: Schema, version: int, backup: Path) -> None:
    steps = sorted((step for step in schema.migrations if step.version > version), key=lambda step: step.version)
    if [step.version for step in steps] != list(range(version + 1, schema.version + 1)):
        raise LibraryError(
            sentence(
                "A library of version {version} cannot be brought to version {known}.",
                version=version,
                known=schema.version,
            ),
            sentence("Open it once with a Kinfolk of a version between."),
        )
    for step in steps:
        try:
            step.apply(connection)
        except sqlite3.Error as error:
            raise LibraryError(
                sentence(
                    "The library could not be brought to version {version}: {reason}.",
                    version=step.version,
                    reason=str(error),
                ),
                sentence("It is unchanged; a copy lies at {backup}.", backup=backup),
            ) from error
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        raise LibraryError(
            sentence("The library refers to rows that are gone, so it was not brought to the present version."),
            sentence("It is unchanged; a copy lies at {backup}.", backup=backup),
        )


def _renew_triggers(connection: sqlite3.Connection, schema: Schema) -> None:
    old = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for (name,) in old.fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')
    for statement in schema.triggers:
        connection.execute(statement)
