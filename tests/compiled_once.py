"""Statements are compiled once a process, though every test opens libraries of its own.

The program opens one library; a run of tests opens thousands, and SQLAlchemy compiles each statement anew for each:
a quarter of the time of what reads and writes them.
"""

from sqlalchemy import Connection, Dialect, Engine, event
from sqlalchemy.util import LRUCache

MOST = 4096
"""Statements that are kept; the engine has some hundreds."""


def compile_once() -> None:
    """Let all engines of one kind of database share what was compiled, from now on."""
    first: dict[type[Dialect], Dialect] = {}
    compiled: LRUCache[object, object] = LRUCache(MOST)

    @event.listens_for(Engine, "engine_connect")
    def share(connection: Connection) -> None:
        # What is compiled is kept by the dialect, of which each engine makes its own.
        connection.dialect = first.setdefault(type(connection.dialect), connection.dialect)
        connection.execution_options(compiled_cache=compiled)
