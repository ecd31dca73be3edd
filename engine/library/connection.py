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
    connection = sqlite3.connect(path, timeout=patience, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        connection.execute(f"PRAGMA journal_size_limit = {LOG_BYTES}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def make_engine(path: Path, patience: float) -> Engine:
    """Return an engine whose reads see one moment of the file and whose writes take SQLite's only write lock first."""
    # The address is given to sqlite3 directly: a URL cannot carry a path that is not UTF-8.
    # An error's text must hold no names: it may reach a terminal or a report.
    engine = create_engine(
        "sqlite+pysqlite://",
        creator=lambda: raw_connection(path, patience),
        poolclass=QueuePool,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    # A deferred transaction that writes later can fail with SQLITE_BUSY at once; an immediate one waits its turn.
    writes = connection.get_execution_options().get("kinfolk_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
