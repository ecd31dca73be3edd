"""How a connection to the library file is made."""

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event

BUSY_SECONDS = 10.0
"""How long a writer waits for another process's write to end."""

CACHE_KIB = 16 * 1024
"""Page cache of one connection."""

LOG_BYTES = 64 * 1024 * 1024
"""A write-ahead log that grew beyond this in one large write is cut back to it."""


def raw_connection(path: Path, patience: float = BUSY_SECONDS) -> sqlite3.Connection:
    """Open the file with the settings that every connection needs; transactions begin and end explicitly."""
    return _with_settings(sqlite3.connect(path, timeout=patience, isolation_level=None, check_same_thread=False))


def _reading_connection(path: Path) -> sqlite3.Connection:
    """Open a file that nobody writes, where SQLite cannot lay its index of the log beside it."""
    # A copy's log is read with it; a file without one is all there is.
    log = path.with_name(f"{path.name}-wal")
    unused = "mode=rw" if log.exists() else "mode=ro&immutable=1"
    address = f"{path.absolute().as_uri()}?{unused}"
    return _with_settings(sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False))


def _with_settings(connection: sqlite3.Connection) -> sqlite3.Connection:
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")
        # SQLite has it on by itself on Debian, and off on Windows, macOS and in Python's own installers.
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        connection.execute(f"PRAGMA journal_size_limit = {LOG_BYTES}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def make_engine(path: Path, patience: float, *, read_only: bool = False) -> Engine:
    """Return an engine whose reads see one moment of the file and whose writes take SQLite's only write lock first."""
    # The address is given to sqlite3 directly: a URL cannot carry a path that is not UTF-8.
    # An error's text must hold no names: it may reach a terminal or a report.
    engine = create_engine(
        "sqlite+pysqlite://",
        creator=lambda: _reading_connection(path) if read_only else raw_connection(path, patience),
        poolclass=QueuePool,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    # A deferred transaction that writes later can fail with SQLITE_BUSY at once; an immediate one waits its turn.
    durability = connection.get_execution_options().get("kinfolk_writes")
    if durability is None:
        connection.exec_driver_sql("BEGIN")
        return
    # FULL: what a person said reaches the disk with the commit. NORMAL: with the next checkpoint.
    connection.exec_driver_sql(f"PRAGMA synchronous = {durability}")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
