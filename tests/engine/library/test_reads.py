"""Reads are broken off where nobody waits for them any more; what is written meanwhile is written."""

import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from engine.errors import LibraryError
from engine.library.folders import add_folder, folders
from engine.library.library import Library
from engine.library.marker import read_marker

ENDLESS = text("WITH RECURSIVE more(n) AS (SELECT begun() UNION ALL SELECT n + 1 FROM more) SELECT count(*) FROM more")


class Endless(threading.Thread):
    """Reads for ever, in a thread; `error` is what ended it."""

    def __init__(self, library: Library) -> None:
        super().__init__()
        self.library, self.began, self.error = library, threading.Event(), ""
        self.start()
        self.began.wait()

    def run(self) -> None:
        try:
            with self.library.read() as connection:
                plain = connection.connection.dbapi_connection
                assert isinstance(plain, sqlite3.Connection)
                plain.create_function("begun", 0, lambda: self.began.set() or 1)
                connection.execute(ENDLESS)
        except LibraryError as error:
            self.error = error.message


def test_reads_end_and_writes_go_on(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    (tmp_path / "photos").mkdir()
    with Library(path) as library:
        reading = Endless(library)
        library.break_off_reads()
        reading.join()
        assert reading.error == f"The library {path} is being closed."
        assert folders(library) == []
        with library.write() as transaction:
            transaction.connection.execute(text("INSERT INTO models_in_use(kind, name) VALUES ('embedder', 'sface')"))
    with Library(path) as library, library.read() as connection:
        assert connection.scalar(text("SELECT name FROM models_in_use")) == "sface"


def test_a_library_that_is_left_while_somebody_reads_is_as_one_that_was_closed(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    (tmp_path / "photos").mkdir()
    library = Library(path)
    add_folder(library, tmp_path / "photos")
    reading = Endless(library)
    library.leave()
    reading.join()
    with pytest.raises(LibraryError, match="is being closed"):
        folders(library)
    marker = read_marker(path)
    assert marker is not None
    assert marker.is_of(path)
    assert not list(tmp_path.glob("*.session-*"))
