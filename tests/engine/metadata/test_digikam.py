"""digiKam's database, whole, of another program, and damaged."""

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from engine.errors import KinfolkError
from engine.metadata.programs.digikam import read_digikam
from tests.engine.metadata.brought_names import ADA, names

DIGIKAM = """
    CREATE TABLE AlbumRoots (id INTEGER PRIMARY KEY, label TEXT, identifier TEXT, specificPath TEXT);
    CREATE TABLE Albums (id INTEGER PRIMARY KEY, albumRoot INTEGER, relativePath TEXT);
    CREATE TABLE Images (id INTEGER PRIMARY KEY, album INTEGER, name TEXT, status INTEGER);
    CREATE TABLE ImageInformation (imageid INTEGER, orientation INTEGER, width INTEGER, height INTEGER);
    CREATE TABLE Tags (id INTEGER PRIMARY KEY, pid INTEGER, name TEXT);
    CREATE TABLE TagProperties (tagid INTEGER, property TEXT, value TEXT);
    CREATE TABLE ImageTags (imageid INTEGER, tagid INTEGER);
    CREATE TABLE ImageTagProperties (imageid INTEGER, tagid INTEGER, property TEXT, value TEXT);
    INSERT INTO AlbumRoots VALUES (1, '', 'volumeid:?path=%2Fhome%2Fa%20b', '/'), (2, '', 'volumeid:?uuid=1', '/pics');
    INSERT INTO Albums VALUES (1, 1, '/2020'), (2, 2, '/');
    INSERT INTO Images VALUES (1, 1, 'one.jpg', 1), (2, 2, 'two.jpg', 1), (3, 1, 'gone.jpg', 3);
    INSERT INTO ImageInformation VALUES (1, 6, 200, 100), (2, 1, 200, 100), (3, 1, 200, 100);
    INSERT INTO Tags VALUES (7, 0, 'Ada'), (8, 0, 'Unknown'), (9, 0, 'Oslo'), (10, 0, 'Grace');
    INSERT INTO TagProperties VALUES (7, 'person', 'Ada'), (8, 'person', ''), (8, 'unknownPerson', ''),
        (10, 'person', '');
    INSERT INTO ImageTags VALUES (1, 7), (1, 9), (2, 10), (2, 7);
    INSERT INTO ImageTagProperties VALUES
        (1, 7, 'tagRegion', '<rect x="25" y="100" width="25" height="50"/>'),
        (2, 8, 'autodetectedFace', '<rect x="25" y="100" width="25" height="50"/>'),
        (2, 10, 'autodetectedPerson', '<rect x="25" y="100" width="25" height="50"/>'),
        (3, 7, 'tagRegion', '<rect x="25" y="100" width="25" height="50"/>');
"""


@pytest.fixture
def digikam(tmp_path: Path) -> Path:
    path = tmp_path / "digikam4.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(DIGIKAM)
    return path


def test_digikam(digikam: Path) -> None:
    before = digikam.read_bytes()
    assert names(read_digikam(digikam.parent)) == {
        "/home/a b/2020/one.jpg": [("Ada", ADA)],
        "/pics/two.jpg": [("Grace", None), ("Ada", None)],
    }
    assert digikam.read_bytes() == before
    assert list(digikam.parent.iterdir()) == [digikam]


def test_what_is_no_database_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KinfolkError, match="not there"):
        read_digikam(tmp_path)
    other = tmp_path / "digikam4.db"
    other.write_bytes(b"no database at all" * 100)
    with pytest.raises(KinfolkError, match="cannot be read"):
        read_digikam(other)
    other.unlink()
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE x (y)")
        connection.commit()
    with pytest.raises(KinfolkError, match="not a database of digiKam"):
        read_digikam(other)


def test_damaged_databases_are_read_or_refused(digikam: Path) -> None:
    data, rng = digikam.read_bytes(), np.random.default_rng(4)
    for _ in range(60):
        changed = bytearray(data)
        for _ in range(20):
            changed[int(rng.integers(len(data)))] = int(rng.integers(256))
        digikam.write_bytes(changed)
        try:
            read_digikam(digikam)
        except KinfolkError:
            continue
