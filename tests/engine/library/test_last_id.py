"""How far ids go is known though the end of a table is damaged: saving looks for no million that is not there."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from engine.library.salvage import TABLES, last_id
from tests.app.drawn import draw_library
from tests.damaged import PAGE


def last_page(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        pages = connection.execute("SELECT path, pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf'", (table,))
        return int(max(pages)[1])


@pytest.mark.parametrize("table", ["faces", "embeddings", "photos"])
def test_the_last_page_may_be_lost(tmp_path: Path, table: str) -> None:
    made = draw_library(tmp_path / "data", tmp_path / "album", (40, 30))
    made.library.close()
    path = made.library.path
    with closing(sqlite3.connect(path)) as connection:
        (largest,) = connection.execute(f"SELECT MAX({TABLES[table]}) FROM {table}").fetchone()
    page = last_page(path, table)
    with path.open("rb+") as file:
        file.seek((page - 1) * PAGE)
        file.write(bytes(PAGE))
    with closing(sqlite3.connect(path)) as damaged:
        damaged.text_factory = bytes
        damaged.execute("PRAGMA cell_size_check = ON")
        with pytest.raises(sqlite3.DatabaseError):
            damaged.execute(f"SELECT MAX({TABLES[table]}) FROM {table}").fetchone()
        assert last_id(damaged, table, TABLES[table]) == largest
