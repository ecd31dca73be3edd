"""The reads that are under way, so that they can be broken off."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine

from engine.errors import LibraryError
from engine.words import sentence


class Reads:
    """Knows each connection that reads now; may be used in any thread."""

    def __init__(self, path: Path) -> None:
        """Tell of the library at this path where a read is refused."""
        self._path = path
        self._changing = threading.Condition()
        self._open: dict[object, sqlite3.Connection | None] = {}
        self._stopped = False

    @contextmanager
    def one(self, engine: Engine) -> Iterator[Connection]:
        """Give a connection that sees one moment. Raises LibraryError where no one may read any more."""
        ticket = object()
        try:
            self._note(ticket, None)
            with engine.connect() as connection:
                plain = connection.connection.dbapi_connection
                self._note(ticket, plain if isinstance(plain, sqlite3.Connection) else None)
                with connection.begin():
                    yield connection
        finally:
            with self._changing:
                self._open.pop(ticket, None)
                self._changing.notify_all()

    def _note(self, ticket: object, plain: sqlite3.Connection | None) -> None:
        with self._changing:
            if self._stopped:
                raise LibraryError(
                    sentence("The library {path} is being closed.", path=self._path), sentence("Open it again.")
                )
            self._open[ticket] = plain

    def break_off(self) -> None:
        """End what reads now; each raises LibraryError."""
        with self._changing:
            for plain in self._open.values():
                if plain is not None:
                    plain.interrupt()

    def stop(self) -> None:
        """End what reads now, and let nobody read any more."""
        with self._changing:
            self._stopped = True
        self.break_off()

    def wait(self, seconds: float) -> None:
        """Wait until nobody reads, but no longer than this."""
        with self._changing:
            self._changing.wait_for(lambda: not self._open, seconds)
