import os
import sqlite3
import traceback
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from engine.errors import LibraryError
from engine.library.folders import add_folder, folders
from engine.library.library import Library
from engine.library.opening import open_as_guest
from engine.library.schema import APPLICATION_ID, SCHEMA


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def pragma(path: Path, name: str) -> object:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_a_new_library_has_its_marks_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    with Library(path) as library:
        folder = add_folder(library, tmp_path)
    assert pragma(path, "user_version") == SCHEMA.version == 4
    assert pragma(path, "application_id") == APPLICATION_ID
    assert pragma(path, "journal_mode") == "wal"
    assert sorted(snapshot(tmp_path)) == ["library.left.json", "library.lock", "library.sqlite"]
    with Library(path) as again:
        assert [row.id for row in folders(again)] == [folder]
        assert again.backup is None


def test_a_guest_leaves_no_trace_however_it_ends(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    with Library(path) as library:
        folder = add_folder(library, tmp_path)
        before = sorted(snapshot(tmp_path))
        guest = Library(path, opening=open_as_guest)
        assert [row.id for row in folders(guest)] == [folder]
        assert sorted(snapshot(tmp_path)) == before
        guest.close()
        assert sorted(snapshot(tmp_path)) == before


def test_an_empty_file_becomes_a_library(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    path.touch()
    with Library(path) as library:
        assert folders(library) == []


def test_a_library_whose_own_path_is_not_utf8(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9 ?#%.sqlite"))
    for _ in range(2):
        try:
            Library(path).close()
        except LibraryError:
            if not path.exists():
                pytest.skip("this file system takes UTF-8 names only")
            raise


def test_a_newer_library_is_refused_and_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    Library(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = snapshot(tmp_path)
    with pytest.raises(LibraryError, match="newer Kinfolk") as caught:
        Library(path)
    assert caught.value.hint
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("version", [0, 1, 7])
def test_another_programs_database_is_refused_and_not_touched(tmp_path: Path, version: int) -> None:
    path = tmp_path / "library.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE notes (text)")
        connection.execute(f"PRAGMA user_version = {version}")
    before = snapshot(tmp_path)
    with pytest.raises(LibraryError, match="another program"):
        Library(path)
    assert snapshot(tmp_path) == before


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    path.write_bytes(b"not a database, but long enough to be read as the header of one" * 40)
    with pytest.raises(LibraryError, match="not a Kinfolk library") as caught:
        Library(path)
    assert caught.value.hint


def test_a_damaged_library_says_so(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    Library(path).close()
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(LibraryError, match="damaged"), Library(path) as library:
        folders(library)


def test_a_missing_data_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="nowhere") as caught:
        Library(tmp_path / "nowhere" / "library.sqlite")
    assert caught.value.hint


def test_a_folder_is_no_library(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="is a folder"):
        Library(tmp_path)


def test_a_read_only_library_can_be_read_and_says_that_it_cannot_be_written(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    Library(path).close()
    path.chmod(0o444)
    if os.access(path, os.W_OK):
        pytest.skip("this user may write to read-only files")
    with Library(path) as library:
        assert folders(library) == []
        with pytest.raises(LibraryError, match="read-only"):
            add_folder(library, tmp_path)


def test_a_contradiction_is_said_without_what_was_written(tmp_path: Path) -> None:
    statement = text("INSERT INTO people(name, created_at, id) VALUES (:name, NULL, NULL)")
    secret = "".join(("A", "da"))

    def write(library: Library) -> None:
        with library.write() as writing:
            writing.connection.execute(statement, {"name": secret})

    with Library(tmp_path / "library.sqlite") as library:
        with pytest.raises(LibraryError, match="refuses what was to be written") as caught:
            write(library)
        assert secret not in "".join(traceback.format_exception(caught.value))


def test_a_library_that_was_changed_by_others_says_so(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    Library(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE folders")
    with Library(path) as library, pytest.raises(LibraryError, match="not built as this Kinfolk expects"):
        folders(library)
