"""How a connection to the library file is made."""

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event

BUSY_SECONDS = 10.0
"""How long a writer waits for another process's write to end."""

CACHE_KIB = 16 * 1024
"""Page cache of one connection."""


def raw_connection(path: Path) -> sqlite3.Connection:
    """Open the file with the settings that every connection needs; transactions begin and end explicitly."""
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def make_engine(path: Path) -> Engine:
    """Return an engine whose reads see one moment of the file and whose writes take SQLite's only write lock first."""
    # The address is given to sqlite3 directly: a URL cannot carry a path that is not UTF-8.
    engine = create_engine("sqlite+pysqlite://", creator=lambda: raw_connection(path), poolclass=QueuePool)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    # A deferred transaction that writes later can fail with SQLITE_BUSY at once; an immediate one waits its turn.
    writes = connection.get_execution_options().get("kinfolk_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
